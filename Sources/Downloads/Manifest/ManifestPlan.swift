import ComfyAPI
import Foundation

/// What a manifest asks for, compared with what a backend has.
public struct ManifestPlan: Sendable, Equatable {
  public let needs: [ManifestNeed]
  public let backend: ManifestNeed.Backend

  public init(
    _ manifest: ModelManifest, stock: ManifestStock, downloads: [Download],
    backend: ManifestNeed.Backend
  ) {
    let urls = Set(manifest.models.compactMap { $0.reference?.canonicalURL })
    let relevant = downloads.filter { urls.contains($0.url) }
    let byURL = Dictionary(grouping: relevant, by: \.url)
    needs = manifest.models.map { model in
      ManifestNeed(
        model, stock: stock,
        downloads: model.reference.flatMap { byURL[$0.canonicalURL] } ?? [], backend: backend)
    }
    self.backend = backend
  }

  /// Whether there is nothing to do and everything is there.
  public var isSettled: Bool { needs.allSatisfy(\.isSettled) }

  public var hopeless: [ManifestNeed] { needs.filter(\.isHopeless) }
  public var missing: [ManifestNeed] { needs.filter(\.isMissing) }
  public var unread: [ManifestNeed] { needs.filter { $0.status == .unread } }

  /// Those that change something when the plan is carried out.
  public var changes: [ManifestNeed] {
    needs.filter {
      if case .queued = $0.status { false } else { !$0.isSettled && !$0.isHopeless }
    }
  }

  /// Tags to be added, by asset.
  public var missingTags: [(asset: String, tags: [String], model: ManifestModel)] {
    needs.compactMap { need in
      guard case .there(let item, let tags) = need.status, let id = item.assetID, !tags.isEmpty
      else { return nil }
      return (id, tags, need.model)
    }
  }

  /// Downloads that are under way already.
  public var queued: [UUID] {
    needs.compactMap { if case .queued(let id) = $0.status { id } else { nil } }
  }

  public var retriable: [UUID] {
    needs.compactMap { if case .retriable(let id) = $0.status { id } else { nil } }
  }

  /// What is to be queued now: of models that come from one link the first, because a backend takes
  /// each link once at a time. The others are links to it afterwards.
  public var submissions: [Submission] {
    var urls = Set(
      needs.compactMap { need in
        switch need.status {
        case .queued, .retriable: need.model.reference?.canonicalURL
        default: nil
        }
      })
    return needs.compactMap { $0.submission(to: backend) }.filter { urls.insert($0.url).inserted }
  }

  /// Bytes that are to be fetched, as far as the manifest tells.
  public var bytesToFetch: Int64 { Self.bytes(of: needs) }

  /// Those of them that no download fetches yet.
  public var bytesToQueue: Int64 {
    Self.bytes(
      of: needs.filter { if case .queued = $0.status { false } else { true } })
  }

  private static func bytes(of needs: [ManifestNeed]) -> Int64 {
    var total: Int64 = 0
    var known: Set<String> = []
    for need in needs where need.isMissing && need.contentPath == nil {
      guard let url = need.model.reference?.canonicalURL, known.insert(url).inserted else {
        continue
      }
      let (sum, overflow) = total.addingReportingOverflow(need.model.size ?? 0)
      total = overflow ? .max : sum
    }
    return total
  }
}

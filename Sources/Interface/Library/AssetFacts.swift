import ComfyAPI
import Downloads
import Foundation

/// A stored file as labels and values, in the order people ask for them.
struct AssetFacts {
  let asset: LibraryAsset
  let check: AssetCheck?
  let backend: BackendState
  /// Stands for what nobody has told.
  let unknown: String

  var facts: [(label: String, value: String)] {
    state + place + model + content + userMetadata + metadata + identity
  }

  private var state: [(label: String, value: String)] {
    let row = Download(asset, check: check)
    var facts = [
      ("Name", asset.name), ("Status", StatusLabel(row, isStored: true).word),
    ]
    if let failure = row.failure { facts.append(("Trouble", failure.sentence)) }
    if let checkText { facts.append(("Read again", checkText)) }
    facts.append(("Size", asset.size.map(FactText.bytes) ?? unknown))
    return facts
  }

  private var checkText: String? {
    if let check, !check.state.isEnd {
      return "\(FactText.bytes(check.bytesChecked)) of \(FactText.bytes(check.bytesTotal)) so far"
    }
    guard let time = check?.checkedAt ?? asset.checkedAt else { return nil }
    let isIntact = check.map { $0.state == .intact } ?? (asset.isIntact == true)
    return FactText.time(time) + (isIntact ? ", intact" : "")
  }

  private var place: [(label: String, value: String)] {
    [
      ("Folder", asset.folder ?? unknown), ("Path", asset.path.map(backend.fullPath) ?? unknown),
      ("Tags", asset.tags.isEmpty ? unknown : asset.tags.joined(separator: ", ")),
    ]
  }

  private var model: [(label: String, value: String)] {
    let words = asset.triggerWords.joined(separator: ", ")
    return [
      ("Base model", asset.baseModel ?? unknown), ("Trigger", words.isEmpty ? unknown : words),
      ("Licence", asset.license ?? unknown),
      ("Source", asset.sourceURL.map { LinkToken.removed(from: $0).link } ?? unknown),
    ]
  }

  private var content: [(label: String, value: String)] {
    [
      ("Hash", asset.hash ?? unknown), ("SHA-256", asset.sha256 ?? unknown),
      ("Verified", verified), ("Stored", FactText.time(asset.createdAt)),
    ]
  }

  private var verified: String {
    switch asset.isVerified {
    case true?: "yes, the published hash is equal"
    case false?: "no, no hash was published"
    case nil: unknown
    }
  }

  private var userMetadata: [(label: String, value: String)] {
    asset.userMetadata.sorted { $0.key < $1.key }
      .map { ("Metadata", "\($0.key) = \(FactText.value($0.value))") }
  }

  /// What the backend says that has no line of its own.
  private var metadata: [(label: String, value: String)] {
    asset.metadata.filter { !Self.shown.contains($0.key) }.sorted { $0.key < $1.key }
      .map { ("Of source", "\($0.key) = \(FactText.value($0.value))") }
  }

  private var identity: [(label: String, value: String)] {
    (asset.previewID.map { [("Preview", $0)] } ?? []) + [("Asset", asset.id)]
  }

  private static let shown: Set<String> = [
    "sha256", "verified", "intact", "check", "checked_at", "base_model", "license", "trained_words",
    "source_url",
  ]
}

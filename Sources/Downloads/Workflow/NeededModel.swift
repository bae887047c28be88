/// A model that a workflow names. Its texts are harmless for the terminal, but for the links.
public struct NeededModel: Sendable, Equatable {
  /// A node that loads it.
  public struct Node: Sendable, Hashable {
    /// With the ids of the subgraphs around it: `12:3`.
    public let id: String
    public let type: String
  }

  /// As loaders take it: a path below the folder, with `/` between its parts.
  public let name: String
  /// The folder of its loader, such as `loras`; nil where the workflow does not tell.
  public internal(set) var category: Folder?
  /// Where the workflow says that it can be had. They may hold tokens: `source(hosts:)` has none.
  public internal(set) var links: [String] = []
  /// Links in the workflow's notes to files of its name, which count where it has no other.
  public internal(set) var noteLinks: [String] = []
  /// `sha256:` or `blake3:` and digits, in lower case.
  public internal(set) var hashes: [String] = []
  /// A few of them.
  public internal(set) var nodes: [Node] = []
  /// Whether a node that runs needs it: one that is neither muted nor bypassed.
  public internal(set) var isActive = false
  /// What is strange about it, as sentences.
  public internal(set) var remarks: [String] = []

  init(name: String) { self.name = name }
}

extension NeededModel {
  /// The parts of its path; nil where they lead elsewhere than below the folder, or hold what had to be
  /// replaced.
  private var parts: [String]? {
    guard !name.unicodeScalars.contains("\u{FFFD}") else { return nil }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return parts.count <= 8 && parts.allSatisfy(FileName.isSafe) ? parts : nil
  }

  /// The name of its file; nil where its name is no path below a folder.
  public var fileName: String? { parts?.last }

  /// Where its loader looks for it, with the folders in its name; nil where nobody knows.
  public var folder: Folder? {
    guard let category, let parts else { return nil }
    return Folder(([category.name] + parts.dropLast()).joined(separator: "/"))
  }

  /// Its place, as far as it is known: `loras/style/x.safetensors`.
  public var place: String { category.map { "\($0.name)/\(name)" } ?? name }

  /// A name with `/` between its parts, as it is kept.
  static func normalized(_ name: String) -> String {
    PlainText.sanitized(name).replacing("\\", with: "/")
  }

  /// Where it can be had.
  public enum Source: Sendable, Equatable {
    case file(ModelReference)
    /// The workflow has no link to it.
    case none
    /// Its links lead nowhere a file can be had from, and why.
    case refused(DownloadFailure)
  }

  private var candidates: [String] { links.isEmpty ? noteLinks : links }

  /// Whether only a note says where it can be had.
  public var isLinkedByNote: Bool { links.isEmpty && !noteLinks.isEmpty }

  /// The first of its links that leads to a file.
  public func source(hosts: SourceHosts) -> Source {
    guard fileName != nil else {
      return .refused(
        DownloadFailure(
          code: "INVALID_FILENAME", message: "Its name is no path inside of the models folder."))
    }
    var failure: DownloadFailure?
    for link in candidates {
      do {
        return .file(try ModelReference(link, hosts: hosts))
      } catch {
        failure = failure ?? error
      }
    }
    return failure.map(Source.refused) ?? .none
  }

  /// What to tell of it besides: other links that it was given, and what is strange.
  public func remarks(hosts: SourceHosts) -> [String] {
    let files = candidates.compactMap { try? ModelReference($0, hosts: hosts) }
    let others = Set(files.dropFirst()).subtracting(files.prefix(1)).map(\.canonicalURL).sorted()
    return remarks + others.map { "Another link is given for it: \($0)" }
      + (hashes.count > 1 ? ["The workflow gives it several hashes."] : [])
  }
}

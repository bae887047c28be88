import Foundation

/// A cache of Hugging Face's own programs (`~/.cache/huggingface/hub`), which keeps the files of each
/// repository in `models--<owner>--<name>/blobs/`, large ones under their SHA-256.
public struct HubCache: Sendable {
  /// Absolute.
  let root: String

  /// Files that say they hold this content and have its size. A name proves nothing: a download that
  /// broke or a program that failed may have left anything under it.
  ///
  /// - Parameter sha256: 64 hex digits in lower case.
  func candidates(sha256: String, size: Int64) -> [String] {
    let names = (try? Disk.names(in: root)) ?? []
    return names.filter { $0.hasPrefix("models--") }.sorted()
      .map { "\(root)/\($0)/blobs/\(sha256)" }
      .filter { path in
        guard let status = Disk.status(path) else { return false }
        return status.isRegular && status.size == size
      }
  }
}

extension HubCache {
  /// Where the hub's programs keep their cache, by the variables that they know.
  ///
  /// - Parameter home: the user's home folder.
  public static func usualPath(environment: [String: String], home: String) -> String {
    func variable(_ name: String) -> String? {
      guard let value = environment[name], !value.isEmpty else { return nil }
      return value.hasPrefix("~/") ? home + value.dropFirst() : value
    }
    if let path = variable("HF_HUB_CACHE") ?? variable("HUGGINGFACE_HUB_CACHE") { return path }
    if let path = variable("HF_HOME") { return path + "/hub" }
    return (variable("XDG_CACHE_HOME") ?? home + "/.cache") + "/huggingface/hub"
  }
}

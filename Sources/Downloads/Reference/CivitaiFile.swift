/// One file of a Civitai model version.
public struct CivitaiFile: Sendable, Hashable {
  /// The number in `/api/download/models/{versionID}`; not the number of the model's page.
  public let versionID: Int
  /// The download link on the host that was pasted, with the selecting query items alone.
  public let url: HTTPURL

  /// Reads `/api/download/models/{versionID}` and keeps the query items that select a file
  /// (`type`, `format`, `size`, `fp`, `quantType`, `fileId`). A `token` is dropped: it is a secret.
  public init(_ url: HTTPURL, hosts: SourceHosts) throws(DownloadFailure) {
    let base = hosts.civitai.path
    var path = url.path
    if url.origin == hosts.civitai.origin, base != "/", path.hasPrefix(base + "/") {
      path = String(path.dropFirst(base.count))
    }
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count == 4, Array(parts[..<3]) == ["api", "download", "models"],
      let versionID = Int(parts[3]), (1...Int(Int32.max)).contains(versionID)
    else { throw Self.noFile }
    let selectors = url.queryItems.filter { Self.selectors.contains($0.name) }
      .map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
    self.versionID = versionID
    self.url = url.withQuery(selectors.isEmpty ? nil : selectors.joined(separator: "&"))
  }

  private static let selectors: Set<String> = [
    "type", "format", "size", "fp", "quantType", "fileId",
  ]

  private static let noFile = DownloadFailure(
    code: "UNSUPPORTED_SOURCE", message: "This Civitai link is not a download link.",
    hint: "Copy the link of the Download button (.../api/download/models/NUMBER).")
}

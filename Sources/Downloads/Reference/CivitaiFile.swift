/// One file of a Civitai model version.
public struct CivitaiFile: Sendable, Hashable {
  /// The number in `/api/download/models/{versionID}`; not the number of the model's page.
  public let versionID: Int
  /// The download link on the host that was pasted, with the selecting query items alone. Without any
  /// it means the version's primary file.
  public let url: HTTPURL

  /// The file of a version with a number of its own, the selector that Civitai always understands.
  public init(versionID: Int, fileID: Int, at origin: HTTPURL) throws(DownloadFailure) {
    let path = origin.path == "/" ? "" : origin.path
    try self.init(
      versionID: versionID, base: origin.originText + path, selectors: [("fileId", "\(fileID)")])
  }

  init(
    versionID: Int, base: String, selectors: [(name: String, value: String)]
  ) throws(DownloadFailure) {
    let items = selectors.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
    let query = items.isEmpty ? "" : "?" + items.joined(separator: "&")
    guard let url = HTTPURL("\(base)/api/download/models/\(versionID)\(query)") else {
      throw ModelReference.noURL
    }
    self.versionID = versionID
    self.url = url
  }

  /// The number of the file in its version; nil when other items, or none, select it.
  public var fileID: Int? {
    url.queryItems.first { $0.name == "fileId" }.flatMap { CivitaiLink.id($0.value) }
  }
}

/// The page of a Civitai model: its newest version, until another is chosen.
public struct CivitaiModel: Sendable, Hashable {
  /// The number of the page; not that of a version.
  public let modelID: Int
  /// The page on the host that was pasted.
  public let url: HTTPURL

  init(modelID: Int, base: String) throws(DownloadFailure) {
    guard let url = HTTPURL("\(base)/models/\(modelID)") else { throw ModelReference.noURL }
    self.modelID = modelID
    self.url = url
  }
}

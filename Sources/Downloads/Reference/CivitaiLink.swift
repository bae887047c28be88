/// The parts of a Civitai link: a version of a model or a file of it, or a model's page.
struct CivitaiLink {
  /// Scheme and host to ask, with the prefix of a configured endpoint.
  let base: String
  /// The number in a model page's path.
  private(set) var modelID: Int?
  /// The number that downloads go by; not that of the page.
  private(set) var versionID: Int?
  /// Query items that select a file of a version.
  private(set) var selectors: [(name: String, value: String)] = []

  /// Reads pages of models and versions, links of the download button and of the API.
  init(_ url: HTTPURL, hosts: SourceHosts) throws(DownloadFailure) {
    var path = url.path
    if url.origin == hosts.civitai.origin {
      base = hosts.civitai.withoutTrailingSlash
      let prefix = hosts.civitai.path
      if prefix != "/", path.hasPrefix(prefix + "/") { path = String(path.dropFirst(prefix.count)) }
    } else if url.host == "civitai.com" {
      base = hosts.civitai.withoutTrailingSlash
    } else {
      // The colour domains have models that no other host has.
      base = "https://" + url.host
    }
    let parts = path.split(separator: "/").map(String.init)
    guard let place = Self.places.first(where: { parts.starts(with: $0.path) }),
      parts.indices.contains(place.path.count), let id = Self.id(parts[place.path.count])
    else { throw Self.noFile(url) }
    switch place.meaning {
    case .version: versionID = id
    case .model:
      modelID = id
      versionID = try url.queryItems.first { $0.name == "modelVersionId" }.map {
        (item) throws(DownloadFailure) in
        guard let version = Self.id(item.value) else { throw Self.noFile(url) }
        return version
      }
    case .trainingData:
      versionID = id
      selectors = [("type", "Training Data")]
    }
    let kept = place.isDownload ? Self.selectorNames : ["fileId"]
    selectors += url.queryItems.filter { kept.contains($0.name) && !$0.value.isEmpty }
  }

  /// Reads a resource name, AIR: `[urn:][air:][{ecosystem}:{type}:]civitai:{model}[@{version}][+{file}]`.
  init(modelID: Int, versionID: Int?, fileID: Int?, hosts: SourceHosts) {
    base = hosts.civitai.withoutTrailingSlash
    self.modelID = modelID
    self.versionID = versionID
    if let fileID { selectors = [("fileId", "\(fileID)")] }
  }

  private enum Meaning { case version, model, trainingData }

  private struct Place {
    let path: [String]
    let meaning: Meaning
    var isDownload = false
  }

  private static let places = [
    Place(path: ["api", "download", "models"], meaning: .version, isDownload: true),
    Place(path: ["api", "download", "training-data"], meaning: .trainingData),
    Place(path: ["model-versions"], meaning: .version),
    Place(path: ["models"], meaning: .model),
    Place(path: ["api", "v1", "model-versions"], meaning: .version),
    Place(path: ["api", "v1", "models"], meaning: .model),
  ]

  /// The items that choose a file; a `token` is a secret, and the rest means nothing to a download.
  private static let selectorNames: Set<String> = [
    "type", "format", "size", "fp", "quantType", "fileId",
  ]

  /// Civitai's numbers are positive and have 31 bits.
  static func id(_ text: some StringProtocol) -> Int? {
    guard text.count <= 10, text.allSatisfy({ ("0"..."9").contains($0) }), let id = Int(text),
      (1...Int(Int32.max)).contains(id)
    else { return nil }
    return id
  }

  private static func noFile(_ url: HTTPURL) -> DownloadFailure {
    guard url.host.hasPrefix("b2.") || url.host.hasPrefix("image.") else {
      return DownloadFailure(
        code: "UNSUPPORTED_SOURCE", message: "This Civitai link names no model.",
        hint: "Copy the address of the model's page or the link of its Download button.")
    }
    return SignedLink.failure
  }
}

extension HTTPURL {
  fileprivate var withoutTrailingSlash: String { path == "/" ? originText : originText + path }
}

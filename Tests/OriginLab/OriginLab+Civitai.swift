import Foundation

/// civitai.com: versions, and downloads that redirect to storage.
extension OriginLab {
  func civitaiAnswer(_ request: LabServer.Request) -> LabAnswer {
    let parts = request.path.split(separator: "/").map(String.init)
    if parts == ["api", "v1", "me"] { return whoAmI(request) }
    guard let id = parts.last.flatMap({ Int($0) }) else { return .html(404, "<html>404</html>") }
    if parts.first == "pictures" { return picture(parts, id) }
    if parts.starts(with: ["api", "v1", "models"]) { return modelPage(id) }
    let version = state.withLock { $0.versions[id] }
    if parts.starts(with: ["api", "v1", "model-versions"]) {
      guard let version else { return .json(404, #"{"error":"Model not found"}"#) }
      return .json(200, versionJSON(id, version))
    }
    guard parts.starts(with: ["api", "download", "models"]) else {
      return .html(404, "<html>404</html>")
    }
    guard let version else { return .json(404, #"{"error":"File not found"}"#) }
    return download(id, version, request)
  }

  private func download(
    _ id: Int, _ version: LabState.Version, _ request: LabServer.Request
  ) -> LabAnswer {
    let isBrowser = request.headers["user-agent"]?.lowercased().contains("mozilla") ?? false
    let bearer = request.headers["authorization"]?.replacingOccurrences(of: "Bearer ", with: "")
    let token = bearer ?? request.item("token")
    switch version.access {
    case .archived:
      return .json(410, #"{"error":"Model archived, not available for download"}"#)
    case .earlyAccess:
      return .json(
        403,
        #"{"error":"Early Access","deadline":"2027-01-01T00:00:00.000Z","message":"This asset is in Early Access. You can use Buzz access it now!"}"#
      )
    case .requiresToken(let wanted) where token == wanted: break
    case .requiresToken where isBrowser:
      return LabAnswer(
        307, headers: [("Location", "/login?returnUrl=%2Fmodel-versions%2F\(id)")])
    case .requiresToken:
      return .json(
        401,
        #"{"error":"Unauthorized","message":"The creator of this asset requires you to be logged in to download it"}"#
      )
    case .downloadsDisabled:
      return .json(
        401,
        #"{"error":"Unauthorized","message":"The creator of this asset has disabled downloads on this file"}"#
      )
    case .noGrant:
      return .json(403, #"{"error":"You do not have access to download this file"}"#)
    case .blocked: return .json(403, #"{"error":"Forbidden"}"#)
    case .regionBlocked:
      return .json(
        451,
        #"{"error":"Access to this service is not available in your region due to legal restrictions.","code":"REGION_BLOCKED"}"#
      )
    case .rateLimited:
      return .json(
        429,
        #"{"error":"We've noticed an unusual amount of downloading from your account. Contact support@civitai.com or come back later."}"#
      )
    case .broken: return .json(500, #"{"error":"Something failed"}"#)
    case .open: break
    default: return .json(404, #"{"error":"File not found"}"#)
    }
    guard let (file, fileName) = Self.file(request.item("fileId"), of: version, id) else {
      return .json(404, #"{"error":"File not found"}"#)
    }
    let link = signedLink(to: file, under: "/model/1/\(fileName)")
    let name = "&response-content-disposition=attachment%3B%20filename%3D%22\(fileName)%22"
    return LabAnswer(
      307,
      headers: [
        ("Location", address(.storage) + link + name),
        ("Cache-Control", "no-store, max-age=0"),
      ])
  }

  private static func file(
    _ number: String?, of version: LabState.Version, _ id: Int
  ) -> (LabFile, String)? {
    guard let number, number != "\(id * 10)" else { return (version.file, version.name) }
    let other = version.others.enumerated().first { "\(id * 10 + $0.offset + 1)" == number }
    return other.map { ($0.element.file, $0.element.name) }
  }

  /// The page of the model whose number is that of its version and one: all such versions.
  private func modelPage(_ modelID: Int) -> LabAnswer {
    let version = state.withLock { $0.versions[modelID - 1] }
    guard let version else { return .json(404, "{\"error\":\"No model with id \(modelID)\"}") }
    let older = version.older.compactMap { id in
      state.withLock { $0.versions[id] }.map { versionJSON(id, $0) + "," }
    }.joined()
    return .json(
      200,
      #"""
      {"id":\#(modelID),"name":"Lab model","type":"\#(version.modelType)",
       "modelVersions":[\#(versionJSON(modelID - 1, version)),\#(older){"id":1,"name":"v0","files":[]}]}
      """#)
  }

  /// `pictures/<version>/<size>/<place>`, where the size is `original=true` or `width=<pixels>`.
  private func picture(_ parts: [String], _ place: Int) -> LabAnswer {
    let pictures =
      parts.count == 4
      ? Int(parts[1]).flatMap { id in
        state.withLock { $0.versions[id]?.pictures }
      } : nil
    guard let pictures, pictures.indices.contains(place) else { return .html(404, "404") }
    let file = pictures[place].file
    return LabAnswer(
      200, headers: [("Content-Type", "image/png")],
      body: .file(file, 0..<file.size, dropsAfter: nil))
  }

  private func pictures(_ id: Int, _ version: LabState.Version) -> String {
    version.pictures.enumerated().map { place, picture in
      let level = picture.level.map { #","nsfwLevel":\#($0)"# } ?? ""
      let url = "\(address(.civitai))/pictures/\(id)/original=true/\(place)"
      return #"{"url":"\#(url)","type":"\#(picture.type)"\#(level)}"#
    }.joined(separator: ",")
  }

  private func otherFiles(_ id: Int, _ version: LabState.Version) -> String {
    version.others.enumerated().map { place, other in
      #"""
      ,{"id":\#(id * 10 + place + 1),"name":"\#(other.name)","type":"\#(other.type)",
        "sizeKB":\#(Double(other.file.size) / 1024),"metadata":{"format":"SafeTensor","fp":"bf16"},
        "pickleScanResult":"\#(other.pickleScan)","virusScanResult":"Success",
        "hashes":{"SHA256":"\#(other.file.publishedSHA256.uppercased())"}}
      """#
    }.joined()
  }

  private static let somePicture = #"{"url":"https://image.civitai.com/a.png","type":"image"}"#

  private func versionJSON(_ id: Int, _ version: LabState.Version) -> String {
    let kilobytes = Double(version.file.size) / 1024
    let hashes =
      version.file.faults.announceNoHash
      ? "{}" : #"{"SHA256":"\#(version.file.publishedSHA256.uppercased())"}"#
    return #"""
      {"id":\#(id),"modelId":\#(id + 1),"name":"v\#(id)","baseModel":"SDXL 1.0",
       "trainedWords":["lab style"],"model":{"name":"Lab model","type":"\#(version.modelType)"},
       "air":"urn:air:sdxl:checkpoint:civitai:\#(id + 1)@\#(id)",
       "files":[{"id":\#(id * 10),"name":"\#(version.name)","type":"Model","sizeKB":\#(kilobytes),
         "metadata":{"format":"SafeTensor","size":"pruned","fp":"fp16"},
         "pickleScanResult":"Success","virusScanResult":"Success","hashes":\#(hashes),
         "downloadUrl":"\#(address(.civitai))/api/download/models/\#(id)","primary":true}\#(otherFiles(id, version))],
       "images":[\#(version.pictures.isEmpty ? Self.somePicture : pictures(id, version))],"downloadUrl":"\#(address(.civitai))/api/download/models/\#(id)"}
      """#
  }
}

import Foundation

/// civitai.com: versions, and downloads that redirect to storage.
extension OriginLab {
  func civitaiAnswer(_ request: LabServer.Request) -> LabAnswer {
    let parts = request.path.split(separator: "/").map(String.init)
    guard let id = parts.last.flatMap({ Int($0) }) else { return .html(404, "<html>404</html>") }
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
    case .open: break
    default: return .json(404, #"{"error":"File not found"}"#)
    }
    if let wanted = request.item("fileId"), wanted != "\(id * 10)" {
      return .json(404, #"{"error":"File not found"}"#)
    }
    let link = signedLink(to: version.file, under: "/model/1/\(version.name)")
    let name = "&response-content-disposition=attachment%3B%20filename%3D%22\(version.name)%22"
    return LabAnswer(
      307,
      headers: [
        ("Location", address(.storage) + link + name),
        ("Cache-Control", "no-store, max-age=0"),
      ])
  }

  private func versionJSON(_ id: Int, _ version: LabState.Version) -> String {
    let kilobytes = Double(version.file.size) / 1024
    let hashes =
      version.file.faults.announceNoHash
      ? "{}" : #"{"SHA256":"\#(version.file.publishedSHA256.uppercased())"}"#
    return #"""
      {"id":\#(id),"modelId":\#(id + 1),"name":"v1","baseModel":"SDXL 1.0",
       "trainedWords":["lab style"],"model":{"name":"Lab model","type":"\#(version.modelType)"},
       "air":"urn:air:sdxl:checkpoint:civitai:\#(id + 1)@\#(id)",
       "files":[{"id":\#(id * 10),"name":"\#(version.name)","type":"Model","sizeKB":\#(kilobytes),
         "metadata":{"format":"SafeTensor","size":"pruned","fp":"fp16"},
         "pickleScanResult":"Success","virusScanResult":"Success","hashes":\#(hashes),
         "downloadUrl":"\#(address(.civitai))/api/download/models/\#(id)","primary":true}],
       "images":[],"downloadUrl":"\#(address(.civitai))/api/download/models/\#(id)"}
      """#
  }
}

import Engine
import Foundation
import HTTPTypes
import Hummingbird

extension Routes {
  /// The bytes of an asset, whole or a range of them (RFC 9110, sections 13 and 14).
  @Sendable
  func readContent(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let words = ["inline", "attachment"]
    let disposition = try RequestParameters(request).choice("disposition", of: words)
    let content = try await engine.content(of: try context.id("id"))
    let conditions = ContentConditions(request.headers, size: content.size, hash: content.hash)
    var headers: HTTPFields = [
      .acceptRanges: "bytes", .eTag: conditions.tag,
      // Content never changes under its id, but access to it may.
      .cacheControl: "private, no-cache",
    ]
    switch conditions.answer {
    case .notModified:
      return Response(status: .notModified, headers: headers)
    case .changed:
      throw Refusal(
        .preconditionFailed, "CONTENT_CHANGED", "The content is not the one of 'If-Match'.")
    case .noSuchRange:
      var refusal = Refusal(
        .rangeNotSatisfiable, "NO_SUCH_RANGE", "The file has \(content.size) bytes.")
      refusal.headers[.contentRange] = "bytes */\(content.size)"
      throw refusal
    case .bytes(let range, let isPart):
      headers[.contentType] = "application/octet-stream"
      headers[.contentDisposition] = Self.disposition(
        disposition ?? "attachment", name: content.name)
      // A model is data, whatever its name says.
      headers[.xContentTypeOptions] = "nosniff"
      if isPart {
        headers[.contentRange] =
          "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.size)"
      }
      return Response(
        status: isPart ? .partialContent : .ok, headers: headers,
        body: try await Self.body(content.path, range, context))
    }
  }

  private static func body(
    _ path: String, _ range: Range<Int64>, _ context: BasicRequestContext
  ) async throws -> ResponseBody {
    guard !range.isEmpty else { return ResponseBody() }
    return try await FileIO().loadFile(
      path: path, range: Int(range.lowerBound)...Int(range.upperBound - 1), context: context)
  }

  /// The name as RFC 6266 wants it: ASCII for old clients, UTF-8 for the others.
  private static func disposition(_ kind: String, name: String) -> String {
    let plain = name.map { $0.isASCII && $0 != "\"" && $0 != "\\" ? $0 : "_" }
    let allowed = CharacterSet.alphanumerics.intersection(
      CharacterSet(charactersIn: "\0"..."\u{7F}")
    )
    .union(CharacterSet(charactersIn: "-._~"))
    let encoded = name.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    return "\(kind); filename=\"\(String(plain))\"; filename*=UTF-8''\(encoded)"
  }
}

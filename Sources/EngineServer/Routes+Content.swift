import Engine
import Foundation
import HTTPTypes
import Hummingbird

extension Routes {
  /// The bytes of an asset, whole or a range of them (RFC 9110, section 14).
  @Sendable
  func readContent(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let words = ["inline", "attachment"]
    let disposition = try RequestParameters(request).choice("disposition", of: words)
    let content = try await engine.content(of: try context.id("id"))
    let tag = "\"\(content.hash)\""
    var headers: HTTPFields = [
      .contentType: "application/octet-stream", .acceptRanges: "bytes", .eTag: tag,
      .contentDisposition: Self.disposition(disposition ?? "attachment", name: content.name),
      // A model is data, whatever its name says.
      .xContentTypeOptions: "nosniff",
    ]
    let isCurrent = request.headers[.ifRange].map { $0 == tag } ?? true
    let wanted = isCurrent ? request.headers[.range].flatMap { ByteRange($0) } : nil
    guard let wanted else {
      return Response(
        status: .ok, headers: headers,
        body: try await Self.body(content.path, 0..<content.size, context))
    }
    guard let range = wanted.bytes(of: content.size) else {
      headers[.contentRange] = "bytes */\(content.size)"
      return Response(status: .rangeNotSatisfiable, headers: headers)
    }
    headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.size)"
    return Response(
      status: .partialContent, headers: headers,
      body: try await Self.body(content.path, range, context))
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

/// One range of a `Range` header. Several are taken as none, which the standard allows.
struct ByteRange: Equatable {
  private let first: Int64?
  private let last: Int64?

  /// Nil for what is no single range of bytes.
  init?(_ header: String) {
    guard header.hasPrefix("bytes=") else { return nil }
    let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) else {
      return nil
    }
    first = Int64(ends[0])
    last = Int64(ends[1])
    guard first != nil || last != nil, ends[0].isEmpty == (first == nil),
      ends[1].isEmpty == (last == nil)
    else { return nil }
    if let first, let last, last < first { return nil }
  }

  /// The bytes meant of a file; nil when it has none of them.
  func bytes(of size: Int64) -> Range<Int64>? {
    if let first {
      guard first < size else { return nil }
      return first..<(min(last ?? size - 1, size - 1) + 1)
    }
    guard let last, last > 0, size > 0 else { return nil }
    return max(0, size - last)..<size
  }
}

import ComfyAPI
import Foundation
import Testing

/// The answer to bytes that were sent as they are.
struct RawAnswer {
  /// The first status code; 0 when nothing came.
  let status: Int
  let head: String
  let body: [UInt8]

  init(_ bytes: [UInt8]) {
    let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) ?? bytes.endIndex..<bytes.endIndex
    head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
    body = Array(bytes[end.upperBound...])
    let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
    status = words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  var error: ErrorResponse? { try? WireFormat.decode(ErrorResponse.self, from: body) }
}

extension RunningServer {
  /// Sends bytes over a connection of their own and reads until the server closes it.
  ///
  /// - Parameter closing: ends the client's side first, for requests that announce more than comes.
  func exchange(_ bytes: some Sequence<UInt8>, closing: Bool = false) async throws -> RawAnswer {
    RawAnswer(try await rawExchange(bytes, closing: closing))
  }

  func exchange(_ text: String, closing: Bool = false) async throws -> RawAnswer {
    try await exchange(Array(text.utf8), closing: closing)
  }
}

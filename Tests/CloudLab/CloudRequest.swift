import ComfyAPI
import Foundation
import NIOHTTP1

/// A request that the lab has seen.
public struct CloudRequest: Sendable {
  public let method: String
  /// The path without its query.
  public let path: String
  public let query: String
  /// Names in lower case.
  public let headers: [String: String]
  public let body: [UInt8]
  /// When it had arrived.
  public let time = ContinuousClock.now

  /// Method and target, as they stood in the request.
  public var line: String { "\(method) \(path)" + (query.isEmpty ? "" : "?" + query) }

  init(_ head: HTTPRequestHead, body: [UInt8] = []) {
    let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    method = head.method.rawValue
    path = String(parts[0])
    query = parts.count > 1 ? String(parts[1]) : ""
    headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
    self.body = body
  }

  /// The value of a query item, percent-decoded.
  func item(_ name: String) -> String? {
    URLComponents(string: "?" + query)?.queryItems?.first { $0.name == name }?.value
  }

  /// A comma-separated query item.
  func list(_ name: String) -> [String] {
    item(name)?.split(separator: ",").map(String.init) ?? []
  }

  /// The body as a JSON object.
  var object: [String: JSONValue]? { try? WireFormat.decode([String: JSONValue].self, from: body) }
}

extension CloudLab {
  /// Everything that was asked so far, handshakes of `/ws` included, in order.
  public var requests: [CloudRequest] { state.withLock(\.requests) }

  /// The requests whose method and target begin with the text.
  public func requests(_ start: String) -> [CloudRequest] {
    requests.filter { $0.line.hasPrefix(start) }
  }

  /// The links whose download was asked for, in the order of arrival.
  public var sentURLs: [String] {
    requests("POST /api/assets/download").compactMap { $0.object?["source_url"]?.string }
  }

  /// Forgets what was asked.
  public func forgetRequests() { state.withLock { $0.requests = [] } }
}

import ComfyAPI
import Foundation

/// What the lab answers.
struct CloudAnswer: Sendable {
  var status: Int
  var headers: [(String, String)] = []
  var body: [UInt8] = []
  /// The connection closes after half of the body.
  var isTruncated = false

  static func json(_ status: Int, _ value: JSONValue) -> CloudAnswer {
    let body = (try? WireFormat.encode(value)).map(Array.init) ?? []
    return CloudAnswer(
      status: status, headers: [("Content-Type", "application/json")], body: body)
  }

  static let empty = CloudAnswer(status: 204)
}

extension CloudLab {
  /// A refusal in the shape that the lab uses now.
  func refusal(_ status: Int, _ code: String, _ message: String = "No.") -> CloudAnswer {
    guard state.withLock({ $0.behaviour.nestsErrors }) else {
      return .json(status, .object(["code": .string(code), "message": .string(message)]))
    }
    let error: JSONValue = .object(["type": .string(code), "message": .string(message)])
    return .json(status, .object(["error": error, "accepted": .array(["session"])]))
  }
}

/// Times as the cloud writes them: with nine digits of fraction.
enum CloudTime {
  static func json(_ date: Date) -> JSONValue {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    let nanoseconds = Int((date.timeIntervalSince1970 - seconds) * 1e9)
    let whole = Date(timeIntervalSince1970: seconds).formatted(Date.ISO8601FormatStyle())
    let digits = String(String(nanoseconds + 1_000_000_000).dropFirst())
    return .string(whole.dropLast() + "." + digits + "Z")
  }

  static func date(_ text: String) -> Date? { Timestamp.date(from: text) }
}

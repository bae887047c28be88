import Foundation

/// Why a JSON text is not the contract value that was expected.
public struct WireError: Error, Sendable, Equatable {
  /// Path of the offending field such as `tasks[3].status`; empty when the text is no JSON at all.
  public let field: String
  /// One sentence for people. It never quotes the offending value, which may be a secret.
  public let message: String

  public init(field: String, message: String) {
    self.field = field
    self.message = message
  }

  init(_ error: DecodingError) {
    switch error {
    case .typeMismatch(let type, let context):
      let field = Self.path(context.codingPath)
      let subject = field.isEmpty ? "The JSON" : "'\(field)'"
      self.init(field: field, message: "\(subject) should be \(Self.describe(type)).")
    case .valueNotFound(let type, let context):
      let field = Self.path(context.codingPath)
      self.init(field: field, message: "'\(field)' is null; it should be \(Self.describe(type)).")
    case .keyNotFound(let key, let context):
      let field = Self.path(context.codingPath + [key])
      self.init(field: field, message: "'\(field)' is missing.")
    case .dataCorrupted(let context):
      let field = Self.path(context.codingPath)
      self.init(
        field: field,
        message: field.isEmpty ? "The text is not valid JSON." : "'\(field)' is malformed.")
    @unknown default:
      self.init(field: "", message: "The JSON could not be read.")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "") { path, key in
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + key.stringValue
      }
    }
  }

  private static func describe(_ type: Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "an integer"
    case is any BinaryFloatingPoint.Type: "a number"
    case is Date.Type: "an RFC 3339 time"
    default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
    }
  }
}

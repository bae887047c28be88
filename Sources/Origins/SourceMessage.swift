import ComfyAPI
import Downloads
import Foundation

/// What a source's error body says in words, fit to be shown.
enum SourceMessage {
  static let longest = 300

  /// Reads `{"message": …}`, `{"error": "…"}`, `{"error": ["…"]}`; nil for anything else.
  static func text(_ body: [UInt8]) -> String? {
    guard let object = object(body) else { return nil }
    return object["message"]?.string.flatMap(shown) ?? text(object["error"])
  }

  /// The text of `error` alone, which is Civitai's kind of refusal.
  static func error(_ body: [UInt8]) -> String? { text(object(body)?["error"]) }

  /// Text from outside, harmless and not too long; nil when nothing is left.
  static func shown(_ text: String) -> String? {
    let text = PlainText.sanitized(String(text.prefix(longest))).trimmingSpaces()
    return text.isEmpty ? nil : text
  }

  private static func text(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text): shown(text)
    case .array(let values): values.first?.string.flatMap(shown)
    default: nil
    }
  }

  private static func object(_ body: [UInt8]) -> [String: JSONValue]? {
    (try? JSONDecoder().decode(JSONValue.self, from: Data(body)))?.object
  }
}

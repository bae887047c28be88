import ComfyAPI

/// Metadata as people type it: a JSON object, or lines of `key=value`.
public enum MetadataText {
  /// Reads the text. Values of `key=value` lines are strings; an empty text is no metadata.
  ///
  /// - Throws: a failure with code `INVALID_METADATA` that names the line.
  public static func parse(_ text: String) throws(DownloadFailure) -> [String: JSONValue] {
    let text = text.trimmingSpaces()
    guard text.hasPrefix("{") else { return try parseLines(text) }
    do {
      return try WireFormat.decode([String: JSONValue].self, from: text.utf8)
    } catch {
      throw failure("The metadata is not a JSON object.")
    }
  }

  /// Reads texts as `parse` does. Of two values of one key the later counts.
  public static func parse(pairs: [String]) throws(DownloadFailure) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for pair in pairs { values.merge(try parse(pair)) { $1 } }
    return values
  }

  /// Reads texts of `key=JSON`. Of two values of one key the later counts.
  ///
  /// - Throws: a failure with code `INVALID_METADATA` that says where the JSON is wrong.
  public static func parse(jsonPairs: [String]) throws(DownloadFailure) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for pair in jsonPairs {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { String($0).trimmingSpaces() }
      guard parts.count == 2, !parts[0].isEmpty else {
        throw failure(
          "\(PlainText.sanitized(pair)) is not key=JSON.", hint: "Write such as rating=5.")
      }
      do {
        values[parts[0]] = try WireFormat.decode(JSONValue.self, from: parts[1].utf8)
      } catch {
        throw failure(
          PlainText.sanitized("The value of \(parts[0]) is not JSON: \(parts[1])"),
          hint: "A text stands in quotes, as in \(parts[0])='\"text\"'.")
      }
    }
    return values
  }

  private static func parseLines(_ text: String) throws(DownloadFailure) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = String(line).trimmingSpaces()
      if line.isEmpty { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(parts[0]).trimmingSpaces()
      guard parts.count == 2, !key.isEmpty else {
        throw failure("Line \(index + 1) of the metadata is not key=value.")
      }
      guard values[key] == nil else {
        throw failure("Line \(index + 1) of the metadata repeats \(key).")
      }
      values[key] = .string(String(parts[1]).trimmingSpaces())
    }
    return values
  }

  private static func failure(
    _ message: String, hint: String = "Write key=value lines, or one JSON object."
  ) -> DownloadFailure {
    DownloadFailure(code: "INVALID_METADATA", message: message, hint: hint)
  }
}

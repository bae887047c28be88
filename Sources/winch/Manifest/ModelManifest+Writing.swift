import ComfyAPI
import Downloads

extension ModelManifest {
  /// The manifest as a file: equal ones are equal byte by byte.
  var yaml: String {
    let head = """
      # Models as winch export wrote them. winch apply fetches those that are missing.
      version: \(Self.version)

      """
    guard !models.isEmpty else { return head + "models: []\n" }
    return head + "models:\n" + models.map(\.yaml).joined()
  }

  /// The same as JSON, which winch apply reads as well.
  var json: JSONValue {
    .object([
      "version": .integer(Int64(Self.version)),
      "models": .array(
        models.map { .object(Dictionary(uniqueKeysWithValues: $0.fields.map { ($0, $1) })) }),
    ])
  }
}

extension ManifestModel {
  /// What is known of it, in the order of `ManifestEntry.options`.
  fileprivate var fields: [(name: String, value: JSONValue)] {
    var fields: [(name: String, value: JSONValue)] = [
      ("url", .optional(reference?.canonicalURL)), ("folder", .string(folder.name)),
      ("name", .string(name)),
    ]
    fields += hashes.map { ($0.kind.rawValue, .string($0.digits)) }
    if let size { fields.append(("size", .integer(size))) }
    if !tags.isEmpty { fields.append(("tags", .array(tags.map(JSONValue.string)))) }
    return fields
  }

  fileprivate var yaml: String {
    let lines = fields.enumerated().map { index, field in
      (index == 0 ? "- " : "  ") + field.name + ": " + Self.text(field.value) + "\n"
    }
    let comment =
      reference == nil ? "# Nobody has said where this one can be had: give it a url.\n" : ""
    return comment + lines.joined()
  }

  private static func text(_ value: JSONValue) -> String {
    if case .string(let text) = value { YAMLText.text(text) } else { YAMLText.flow(value) }
  }
}

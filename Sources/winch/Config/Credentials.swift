import ComfyClient
import Downloads

/// The keys of backends that have been stored, by the backends' names.
struct Credentials: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    var key: APIKey
    /// Scheme, host and port the key was stored for; nil, where somebody wrote the file by hand,
    /// leaves that to the backend's address.
    var origin: String?
  }

  var entries: [String: Entry] = [:]

  init() {}

  /// Reads `credentials.yaml`: `name: KEY`, or `name: {key: KEY, origin: ORIGIN}`.
  ///
  /// - Throws: errors that hold no word of the file, since any may be part of a key.
  init(text: String, path: String) throws(ConfigError) {
    do throws(ConfigError) {
      guard let root = try YAMLNode(text: text, file: path), !root.isEmpty else { return }
      for (name, value) in try root.members() where !value.isEmpty {
        guard name.isHeaderWord else { throw value.error("No backend has such a name.") }
        entries[name] = try Self.entry(value)
      }
    } catch {
      var silent = error
      silent.key = ""
      throw silent
    }
  }

  /// The file's text. Names and values are printable ASCII, so single quotes need no other escape
  /// than their own.
  var text: String {
    var lines = ["# Keys of backends, written by “winch config login”."]
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      lines.append("\(Self.quoted(name)):")
      lines.append("  key: \(Self.quoted(entry.key.value))")
      if let origin = entry.origin { lines.append("  origin: \(Self.quoted(origin))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  private static func entry(_ node: YAMLNode) throws(ConfigError) -> Entry {
    var draft = Draft()
    if let key = node.textIfScalar {
      draft.key = key
    } else {
      try ConfigOption.read(options, from: node, into: &draft)
    }
    guard let key = draft.key else { throw node.error("There is no key here.") }
    guard key.isHeaderWord else { throw node.error("The key holds characters that no key has.") }
    return Entry(key: APIKey(key), origin: draft.origin)
  }

  /// An entry while it is read.
  private struct Draft {
    var key: String?
    var origin: String?
  }

  private static let options = [
    ConfigOption<Draft>(name: "key", kind: .text, help: "The key.") {
      (draft, node) throws(ConfigError) in
      draft.key = try node.text()
    },
    ConfigOption<Draft>(name: "origin", kind: .url, help: "The only address it is sent to.") {
      (draft, node) throws(ConfigError) in
      guard let url = HTTPURL(try node.text()), url.path == "/", url.query == nil else {
        throw node.error("An origin is scheme, host and port, such as https://host:8189.")
      }
      draft.origin = url.originText
    },
  ]
}

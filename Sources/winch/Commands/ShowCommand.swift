import ArgumentParser
import ComfyAPI
import Downloads

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows all that is known of one download.",
    discussion: """
      Examples:
        winch show 3f2a
        winch show --json 3f2a
      """)

  @Argument(help: "The download's id, or its beginning.", completion: .downloads())
  var id: String

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    _ = await workspace.refresh()
    let download = try await workspace.find(id)
    if output.json {
      StandardOutput.write(try WireFormat.encodeText(download.json))
    } else {
      Self.lines(download).forEach(StandardOutput.write)
    }
  }

  private static func lines(_ download: Download) -> [String] {
    let object = download.json.object ?? [:]
    return object.keys.sorted().compactMap { key in
      guard let text = object[key]?.plainText else { return nil }
      let label = key.replacing("_", with: " ")
      return label + String(repeating: " ", count: max(1, 18 - label.count))
        + PlainText.sanitized(text)
    }
  }
}

extension JSONValue {
  /// A value as people read it; nil for what is unknown or empty.
  fileprivate var plainText: String? {
    switch self {
    case .null: nil
    case .bool(let value): value ? "yes" : "no"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value
    case .array(let values):
      values.isEmpty ? nil : values.compactMap(\.plainText).joined(separator: ", ")
    case .object(let values): values.isEmpty ? nil : try? WireFormat.encodeText(self)
    }
  }
}

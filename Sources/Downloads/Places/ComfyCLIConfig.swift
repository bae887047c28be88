/// What comfy-cli's `config.ini` says of its workspaces. It is read as Python's `configparser` does, as far
/// as comfy-cli writes it: one section, a value a line.
public struct ComfyCLIConfig: Sendable, Equatable {
  /// The workspaces that commands use, the one that is chosen first. They need not be there.
  public var workspaces: [String] = []

  public init(_ text: String) {
    var values: [String: String] = [:]
    var isInSection = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = String(line).trimmingSpaces()
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("[") {
        isInSection = line == "[DEFAULT]"
      } else if isInSection, let sign = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        let name = String(line[..<sign]).trimmingSpaces().lowercased()
        values[name] = String(line[line.index(after: sign)...]).trimmingSpaces()
          .replacing("%%", with: "%")
      }
    }
    for name in ["default_workspace", "recent_workspace"] {
      guard let path = values[name], !path.isEmpty, !workspaces.contains(path) else { continue }
      workspaces.append(path)
    }
  }
}

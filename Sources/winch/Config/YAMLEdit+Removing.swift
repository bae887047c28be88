import ComfyAPI

extension YAMLEdit {
  /// Takes one value out of a YAML text, with its name and with the mappings that nothing else is in.
  ///
  /// - Parameter path: the names that lead to the value.
  /// - Returns: nil where there is no such value.
  /// - Throws: `ConfigError` where the text is no YAML, or cannot be changed like this.
  static func removing(
    _ path: [String], in text: String, file: String
  ) throws(ConfigError) -> String? {
    var edit = YAMLEdit(
      lines: text.split(separator: "\n", omittingEmptySubsequences: false), file: file)
    guard let root = try YAMLNode(text: text, file: file), !root.isEmpty,
      let wanted = root.json.removing(path[...])
    else { return nil }
    try edit.remove(path[...], in: root)
    let result = edit.text
    let after = (try? YAMLNode(text: result, file: file)?.json) ?? .null
    guard after == wanted || (wanted == .object([:]) && after == .null) else { throw edit.tooHard }
    return result
  }

  private mutating func remove(_ path: ArraySlice<String>, in root: YAMLNode) throws(ConfigError) {
    var mapping = root
    var rest = path
    // What goes with the value: the outermost mapping that has nothing else in it.
    var whole: YAMLNode?
    while let name = rest.popFirst() {
      guard mapping.hasMembers else { throw tooHard }
      let members = try mapping.members()
      guard let member = members.first(where: { $0.name == name })?.value else { throw tooHard }
      if members.count > 1 || whole == nil { whole = member }
      guard !rest.isEmpty, try isInBraces(member) else {
        mapping = member
        continue
      }
      if let left = member.json.removing(rest), left != .object([:]) {
        return try replace(member, with: YAMLText.flow(left))
      }
      break
    }
    guard let whole else { throw tooHard }
    lines.removeSubrange(try index(of: whole)..<end(of: whole))
  }
}

extension JSONValue {
  /// The same without the value where names lead, and without the mappings that are empty then; nil where
  /// they lead nowhere.
  fileprivate func removing(_ path: ArraySlice<String>) -> JSONValue? {
    guard let name = path.first, var members = object, let member = members[name] else {
      return nil
    }
    members[name] = nil
    let rest = path.dropFirst()
    if !rest.isEmpty {
      guard let left = member.removing(rest) else { return nil }
      if left != .object([:]) { members[name] = left }
    }
    return .object(members)
  }
}

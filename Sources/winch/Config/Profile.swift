import Downloads

/// A backend that has a name of its own.
struct Profile: Sendable, Equatable {
  /// How it is chosen, and what its downloads are kept under.
  let name: String
  /// Nil only for `cloud`, which has an address without one.
  var url: HTTPURL?
  /// In place of a URL: an engine behind SSH.
  var ssh: SSHAddress?
  /// The Comfy workspace that is meant; nil leaves it to the key.
  var workspace: String?

  var place: BackendTarget.Place? {
    ssh.map(BackendTarget.Place.ssh) ?? url.map(BackendTarget.Place.url)
  }

  init(name: String, node: YAMLNode) throws(ConfigError) {
    self.name = name
    try Self.checkName(name, node)
    if !node.isEmpty { try ConfigOption.read(Self.options, from: node, into: &self) }
    guard place != nil || name == BackendTarget.cloudName else {
      throw node.error("The profile needs a url.", hint: "Such as url: https://host:8189.")
    }
  }

  private static func checkName(_ name: String, _ node: YAMLNode) throws(ConfigError) {
    guard name != BackendTarget.localName else {
      throw node.error("local is the engine of this machine, and takes no settings.")
    }
    guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else {
      throw node.error(
        "A profile's name has up to 64 letters, digits, dots, dashes and underscores.")
    }
  }

  /// No `:` and no `/`, so that no name looks like a URL.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}

/// The table of what a profile can hold.
extension Profile {
  static let options = [urlOption, workspaceOption]

  static let urlOption = ConfigOption<Profile>(
    name: "url", kind: .url,
    help: "The address, such as https://host:8189; ssh://user@host for an engine behind SSH.",
    usualWords: "must be given, but for cloud", example: "https://gpu.example:8189"
  ) { (profile, node) throws(ConfigError) in
    switch BackendTarget.place(try node.text()) {
    case .url(let url)?: profile.url = url
    case .ssh(let address)? where profile.name != BackendTarget.cloudName: profile.ssh = address
    default:
      throw node.error(
        "This is not an http or https URL, nor one of SSH.",
        hint: "Give it as https://host:8189, without user, query and fragment, or as"
          + " ssh://user@host, without a password.")
    }
  }

  static let workspaceOption = ConfigOption<Profile>(
    name: "workspace", kind: .text,
    help: "The id of a Comfy workspace; sent as X-Comfy-Workspace-ID.",
    usualWords: "the key's own", example: "WORKSPACE-ID"
  ) { (profile, node) throws(ConfigError) in
    let id = try node.text()
    guard id.isHeaderWord else {
      throw node.error("A workspace's id has no spaces, line breaks and accents.")
    }
    profile.workspace = id
  }
}

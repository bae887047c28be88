/// A server that speaks the contract, and how to reach it.
public struct Backend: Sendable {
  /// What people call it, e.g. `local` or `cloud`; it also keeps downloads of backends apart.
  public var name: String
  public var address: Address

  public init(name: String, address: Address) {
    self.name = name
    self.address = address
  }

  /// The name Comfy Cloud goes by, which has rules of its own for what it takes.
  public static let cloudName = "cloud"

  public var isCloud: Bool {
    if case .http(let base, _, _) = address, BackendURL(base)?.host == "cloud.comfy.org" {
      return true
    }
    return name == Self.cloudName
  }

  /// Where a backend listens.
  public enum Address: Sendable {
    /// A Unix socket of this machine, guarded by its file's mode.
    case unixSocket(path: String)
    /// An `http` or `https` base URL, e.g. `https://cloud.comfy.org`; a trailing slash is ignored.
    ///
    /// A key is only ever sent over `https` or to this machine itself. The workspace is that of a
    /// Comfy account; nil leaves it to the key.
    case http(base: String, key: APIKey?, workspace: String? = nil)
  }
}

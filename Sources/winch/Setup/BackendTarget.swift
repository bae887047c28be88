import ComfyClient
import Downloads

/// A backend as it was chosen, before its key is looked up.
struct BackendTarget: Sendable, Equatable {
  enum Place: Sendable, Equatable {
    case unixSocket(path: String)
    case ssh(SSHAddress)
    case url(HTTPURL)
  }

  /// What its downloads are kept under in the journal, and its key among the credentials: `local`,
  /// `cloud`, a profile's name, or the URL, that of SSH included. It never depends on where the name was given.
  let name: String
  let place: Place
  var workspace: String?

  static let localName = "local"
  static let cloudName = Backend.cloudName
  static let builtInNames = [localName, cloudName]

  static let cloudURL = "https://cloud.comfy.org"

  /// Scheme, host and port that a key is sent to; nil for a socket, which takes none.
  var origin: String? {
    guard case .url(let url) = place else { return nil }
    return url.originText
  }

  /// Whether Comfy's keys belong there: to the cloud by its own name, and to another workspace
  /// of it by a profile's name. Engines have keys of their own.
  var takesComfyKeys: Bool {
    guard case .url(let url) = place else { return false }
    return name == Self.cloudName || url.originText == Self.cloudURL
  }

  /// A backend's base URL as people write it; nil when it is none.
  static func url(_ text: String) -> HTTPURL? {
    var text = text
    while text.hasSuffix("/") { text.removeLast() }
    guard !text.contains("#"), let url = HTTPURL(text), url.query == nil else { return nil }
    return url
  }

  /// Where an address leads; nil when it is neither a URL nor one of SSH.
  static func place(_ text: String) -> Place? {
    if let address = SSHAddress(text) { return .ssh(address) }
    return url(text).map(Place.url)
  }

  /// How the client reaches it with a key.
  func backend(key: APIKey?) -> Backend {
    switch place {
    case .unixSocket(let path): Backend(name: name, address: .unixSocket(path: path))
    // The tunnel knows its socket on this machine.
    case .ssh: Backend(name: name, address: .unixSocket(path: ""))
    case .url(let url):
      Backend(
        name: name, address: .http(base: url.withoutQuery, key: key, workspace: workspace))
    }
  }
}

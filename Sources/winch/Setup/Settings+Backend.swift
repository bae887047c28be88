import ComfyClient
import Downloads

/// Which backend is meant, and how it is reached.
extension Settings {
  /// `--backend`, then `WINCH_BACKEND`, then Comfy Cloud when there is a key, then the local engine.
  var backend: Backend {
    get throws(DownloadFailure) {
      switch backendChoice ?? variable("WINCH_BACKEND") {
      case "local": local
      case "cloud": try cloud(key: cloudKey)
      case let url?: try remote(url)
      case nil: cloudKey == nil ? local : try cloud(key: cloudKey)
      }
    }
  }

  private var local: Backend {
    Backend(name: "local", address: .unixSocket(path: socketPath))
  }

  private func cloud(key: APIKey?) throws(DownloadFailure) -> Backend {
    guard let key else {
      throw DownloadFailure(
        code: "UNAUTHORIZED", message: "Comfy Cloud needs an API key.",
        hint: "Set COMFY_CLOUD_API_KEY, or use --backend local.")
    }
    let base =
      variable("COMFY_CLOUD_BASE_URL") ?? variable("COMFY_BASE_URL") ?? "https://cloud.comfy.org"
    return Backend(
      name: Backend.cloudName, address: .http(base: try checked(base).description, key: key))
  }

  /// Another machine's engine. Comfy Cloud's key stays at Comfy Cloud, so this one has its own.
  private func remote(_ text: String) throws(DownloadFailure) -> Backend {
    let url = try checked(text)
    let key = variable("WINCH_API_KEY").map(APIKey.init)
    return Backend(name: url.withoutQuery, address: .http(base: url.withoutQuery, key: key))
  }

  private func checked(_ text: String) throws(DownloadFailure) -> HTTPURL {
    var text = text
    while text.hasSuffix("/") { text.removeLast() }
    guard let url = HTTPURL(text), url.query == nil else {
      throw DownloadFailure(
        code: "INVALID_ENDPOINT", message: "The backend is neither local, cloud nor a URL.",
        hint: "Use --backend local, --backend cloud or --backend https://host:port.")
    }
    return url
  }

  private var cloudKey: APIKey? {
    (variable("COMFY_CLOUD_API_KEY") ?? variable("COMFY_API_KEY")).map(APIKey.init)
  }
}

import ComfyClient
import Downloads

/// Which backend is meant, and how it is reached.
extension Settings {
  var backend: Backend {
    get throws(DownloadFailure) { try backend(target(named: chosenBackend.value)) }
  }

  /// `--backend`, then `WINCH_BACKEND`, then the file, then Comfy Cloud when there is a key for it,
  /// then the local engine.
  var chosenBackend: Sourced<String> {
    get throws(DownloadFailure) {
      let choice = resolve(
        ConfigFile.backendOption, given: backendChoice, kept: config.backend)
      if let choice { return choice }
      let hasCloudKey = try key(of: cloud) != nil
      return Sourced(
        hasCloudKey ? BackendTarget.cloudName : BackendTarget.localName, .builtIn)
    }
  }

  /// The backend that a name or URL stands for.
  func target(named name: String) throws(DownloadFailure) -> BackendTarget {
    switch name {
    case BackendTarget.localName: return local
    case BackendTarget.cloudName: return try cloud
    default:
      if let profile = config.profile(name), let place = profile.place {
        return BackendTarget(name: name, place: place, workspace: profile.workspace)
      }
      switch BackendTarget.place(name) {
      case .url(let url)?: return BackendTarget(name: url.withoutQuery, place: .url(url))
      case .ssh(let address)?: return BackendTarget(name: address.text, place: .ssh(address))
      default: throw unknown(name)
      }
    }
  }

  /// Every backend that has a name.
  var namedTargets: [BackendTarget] {
    get throws(DownloadFailure) {
      var targets: [BackendTarget] = []
      for name in config.backendNames { targets.append(try target(named: name)) }
      return targets
    }
  }

  /// The backend with its key, which Comfy Cloud cannot do without.
  private func backend(_ target: BackendTarget) throws(DownloadFailure) -> Backend {
    let key = try key(of: target)
    guard key != nil || target.name != BackendTarget.cloudName else {
      throw DownloadFailure(
        code: "UNAUTHORIZED", message: "Comfy Cloud needs an API key.",
        hint: "Run winch config login, set COMFY_CLOUD_API_KEY, or use --backend local.")
    }
    return target.backend(key: key?.value)
  }

  private var local: BackendTarget {
    BackendTarget(name: BackendTarget.localName, place: .unixSocket(path: socketPath))
  }

  private var cloud: BackendTarget {
    get throws(DownloadFailure) {
      let profile = config.profile(BackendTarget.cloudName)
      let address = resolve(
        Self.cloudURLOption, kept: profile?.url.map(\.withoutQuery))?.value
      guard let url = BackendTarget.url(address ?? BackendTarget.cloudURL) else {
        throw DownloadFailure(
          code: "INVALID_ENDPOINT", message: "Comfy Cloud's address is not an http or https URL.",
          hint: "Check \(Self.cloudURLOption.environment.joined(separator: " and ")).")
      }
      return BackendTarget(
        name: BackendTarget.cloudName, place: .url(url), workspace: profile?.workspace)
    }
  }

  /// A profile's address, which for the cloud the environment may give.
  private static var cloudURLOption: ConfigOption<Profile> {
    var option = Profile.urlOption
    option.environment = ["COMFY_CLOUD_BASE_URL", "COMFY_BASE_URL"]
    return option
  }

  private func unknown(_ name: String) -> DownloadFailure {
    let nearest = NearestName.to(name, among: config.backendNames)
    return DownloadFailure(
      code: "INVALID_ENDPOINT",
      message: "The backend is neither local, cloud, a profile nor a URL.",
      hint: nearest.map { "Did you mean \($0)?" }
        ?? "Use --backend local, --backend cloud, --backend https://host:port, --backend"
        + " ssh://user@host without a password, or a profile of"
        + " \(configPath).")
  }
}

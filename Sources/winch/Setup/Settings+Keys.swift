import ComfyClient
import Downloads

/// The keys of backends: from the environment, else as `winch config login` stored them.
extension Settings {
  var credentials: CredentialsFile { CredentialsFile(path: credentialsPath) }

  /// The key that is sent to a backend, nil when there is none. Reads the file only where the
  /// environment has no key.
  ///
  /// - Throws: when the file cannot be used, or its key was stored for another address.
  func key(of target: BackendTarget) throws(DownloadFailure) -> Sourced<APIKey>? {
    guard let origin = target.origin else { return nil }
    if let key = keyOfEnvironment(for: target) { return key }
    guard let stored = try credentials.read().entries[target.name] else { return nil }
    guard stored.origin == nil || stored.origin == origin else {
      throw DownloadFailure(
        code: "UNAUTHORIZED",
        message: "The key stored for \(target.name) is for \(stored.origin ?? ""), and is not sent"
          + " to \(origin).",
        hint: "Run winch config login \(target.name) to store one for this address.")
    }
    return Sourced(stored.key, .file(credentialsPath))
  }

  /// The key that a variable holds for a backend. Comfy's keys stay at Comfy Cloud, so engines have
  /// a variable of their own.
  func keyOfEnvironment(for target: BackendTarget) -> Sourced<APIKey>? {
    let names =
      target.takesComfyKeys ? ["COMFY_CLOUD_API_KEY", "COMFY_API_KEY"] : ["WINCH_API_KEY"]
    for name in names {
      if let value = variable(name) { return Sourced(APIKey(value), .environment(name)) }
    }
    return nil
  }
}

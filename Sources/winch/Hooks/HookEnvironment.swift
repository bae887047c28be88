/// What the user's commands get of the engine's environment: all but what may be a secret.
enum HookEnvironment {
  /// - Parameter event: what `WINCH_EVENT` says.
  static func variables(of environment: [String: String], event: String) -> [String: String] {
    var kept = environment.filter { !isSecret($0.key, $0.value) }
    kept["WINCH_EVENT"] = event
    return kept
  }

  private static let words = [
    "TOKEN", "KEY", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL",
  ]

  /// By its name, or by a password in the address of a proxy.
  private static func isSecret(_ name: String, _ value: String) -> Bool {
    let name = name.uppercased()
    return words.contains(where: name.contains) || value.contains(/:\/\/[^\/]*@/)
  }
}

import Downloads
import Engine
import Foundation
import Origins

/// Every secret that this user's settings hold, so that none of them is in what is passed on.
struct KnownSecrets {
  private var values: [String] = []

  init(_ settings: Settings) {
    for (name, value) in settings.environment {
      if Self.isSecret(name) { values.append(value) }
      if let password = Self.password(in: value) { values.append(password) }
    }
    let hub = OriginCredentials(environment: settings.environment) { path in
      FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
    values += [hub.huggingFaceToken, hub.civitaiKey].compactMap(\.self)
    values += SecretStore(path: settings.secretsPath).allValues
    // What of these files cannot be read as it should be is taken by its words.
    for path in [settings.credentialsPath, settings.engineKeyPath] {
      values += Self.words(of: path)
    }
  }

  var redaction: SecretRedaction { SecretRedaction(secrets: values) }

  /// By the name of a variable: all that anybody calls so, not only what Winch reads.
  private static func isSecret(_ name: String) -> Bool {
    let name = name.uppercased()
    let isPath = ["_PATH", "_FILE", "_DIR", "_SOCK"].contains(where: name.hasSuffix)
    let words = ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "API_KEY", "APIKEY", "CREDENTIAL"]
    return !isPath && (words.contains(where: name.contains) || name.hasSuffix("_KEY"))
  }

  /// Of a URL with a user's name and password before the host.
  private static func password(in value: String) -> String? {
    guard let start = value.firstRange(of: "://")?.upperBound else { return nil }
    let authority = value[start...].prefix { $0 != "/" && $0 != "?" }
    guard let at = authority.lastIndex(of: "@") else { return nil }
    let user = authority[..<at]
    return user.firstIndex(of: ":").map { String(user[user.index(after: $0)...]) } ?? String(user)
  }

  /// Everything in a file of keys that is long enough to be one, but for addresses.
  private static func words(of path: String) -> [String] {
    guard let data = FileManager.default.contents(atPath: path), data.count < 1 << 20 else {
      return []
    }
    return String(decoding: data, as: UTF8.self)
      .split { $0.isWhitespace || "'\"{},".contains($0) }
      .map(String.init).filter { $0.count >= 8 && !$0.contains("://") && !$0.hasSuffix(":") }
  }
}

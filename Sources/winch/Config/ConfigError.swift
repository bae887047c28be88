import Downloads

/// What is wrong in a file of settings, and where.
struct ConfigError: Error, Sendable, Equatable {
  var file: String
  /// Counted from 1; nil when it is the file as a whole.
  var line: Int?
  /// The keys that lead to the value, such as `profiles.gpu.url`; empty at the top.
  var key = ""
  /// What is wrong, without where: one sentence.
  var problem: String
  /// What would be right, one sentence.
  var hint: String?

  /// Characters of the keys that are shown.
  private static let longestKey = 200

  /// The error in words for people.
  var failure: DownloadFailure { failure(code: "INVALID_CONFIG") }

  /// - Parameter code: by the kind of file.
  func failure(code: String) -> DownloadFailure {
    let place = line.map { "\(file):\($0)" } ?? file
    return DownloadFailure(
      code: code,
      message: [place, String(key.prefix(Self.longestKey)), problem].filter { !$0.isEmpty }.joined(
        separator: ": "), hint: hint)
  }
}

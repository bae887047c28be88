import Foundation

/// Programs of this machine by their names.
enum InstalledProgram {
  /// The path of a program; nil when it is not installed.
  static func path(_ name: String) -> String? {
    if name.contains("/") { return isProgram(name) ? name : nil }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    // Servers and network tools are outside of the path of users.
    return (folders.map(String.init) + ["/usr/sbin", "/usr/local/sbin", "/sbin"])
      .map { $0 + "/" + name }.first(where: isProgram)
  }

  /// - Throws: a sentence that says what is missing and what needs it.
  static func path(_ name: String, for purpose: String) throws -> String {
    guard let path = path(name) else {
      throw MissingProgram(description: "\(name) is not installed; \(purpose) needs it.")
    }
    return path
  }

  private static func isProgram(_ path: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: path)
  }
}

/// A program without which something cannot be measured.
struct MissingProgram: Error, CustomStringConvertible {
  let description: String
}

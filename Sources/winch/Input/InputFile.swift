import Foundation

/// A file that a command was given, or `-` for standard input.
struct InputFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// What people call it.
  var name: String { path == "-" ? "standard input" : path }

  /// Its bytes, no more than the limit.
  func read(upTo limit: Int) throws -> Data {
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let handle else { throw CommandExit(.badInput, "\(name) cannot be read.") }
    do {
      return try handle.read(upToCount: limit) ?? Data()
    } catch {
      throw CommandExit(.badInput, "\(name) cannot be read.")
    }
  }
}

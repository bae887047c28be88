import Downloads
import Foundation

extension DatabaseHealth {
  /// Reads the first bytes of a database's file. SQLite does not open it: that writes beside it, and
  /// waits for others.
  static func looking(at database: OwnDatabase, _ path: String) -> DatabaseHealth {
    DatabaseHealth(database, path: path, state: state(path))
  }

  private static func state(_ path: String) -> State {
    // A pipe in its place must not be waited for.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return errno == ENOENT ? .absent : .unreadable(String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: OwnDatabase.header.count)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { return .unreadable(String(cString: strerror(errno))) }
    guard count > 0 else { return .absent }
    return bytes == OwnDatabase.header ? .database : .foreign
  }
}

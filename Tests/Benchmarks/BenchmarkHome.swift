import Foundation

/// Folders of its own for the program that is measured.
struct BenchmarkHome {
  private let root: String

  /// Short, because a Unix socket's path has room for 107 bytes.
  init() throws {
    root = "/tmp/winch-bench-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { root + "/" + name }

  func remove() { try? FileManager.default.removeItem(atPath: root) }

  var environment: [String: String] {
    [
      "HOME": root, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": root,
      "XDG_STATE_HOME": root, "XDG_DATA_HOME": root, "XDG_CACHE_HOME": root,
      "XDG_RUNTIME_DIR": root, "WINCH_SOCKET": path("e.sock"),
    ]
  }
}

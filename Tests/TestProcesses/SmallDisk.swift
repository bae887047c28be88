import Foundation

/// A filesystem of its own in memory, mounted where a test wants it; only root can.
public final class SmallDisk: Sendable {
  public let path: String

  /// Nil where mounting is not allowed.
  public init?(at path: String, size: Int) {
    self.path = path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard Self.run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "winch-test", path]) else {
      return nil
    }
  }

  deinit { unmount() }

  public func resize(to size: Int) { _ = Self.run("mount", ["-o", "remount,size=\(size)", path]) }

  public func setReadOnly(_ isReadOnly: Bool) {
    _ = Self.run("mount", ["-o", "remount,\(isReadOnly ? "ro" : "rw")", path])
  }

  /// Takes it away even from those who use it.
  public func unmount() { _ = Self.run("umount", ["-l", path]) }

  /// Whether this process may mount, said once for those who run the tests.
  public static let isPossible: Bool = {
    let path = NSTemporaryDirectory() + "winch-mount-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    return SmallDisk(at: path, size: 1 << 16) != nil
  }()

  private static func run(_ command: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [command] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

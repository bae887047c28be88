import ComfyAPI
import Downloads
import Foundation

extension ModelsHealth {
  /// Looks at the models folder that downloads go to: that of the engine where one runs.
  static func looking(at chosen: String, engine: EngineStatus?) -> ModelsHealth {
    guard let engine else { return looking(at: chosen) }
    var health = looking(at: engine.modelsRoot)
    health.diskWait = engine.diskWait.map(PlainText.sanitized)
    if real(chosen) != real(engine.modelsRoot) { health.chosen = chosen }
    return health
  }

  /// A path as it is compared with another.
  private static func real(_ path: String) -> String {
    var path = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Looks at a models folder, and tries in it what downloads will do. It is not made.
  private static func looking(at root: String) -> ModelsHealth {
    let files = FileManager.default
    let exists = files.fileExists(atPath: root)
    var place = root
    while !files.fileExists(atPath: place), place.count > 1 {
      place = URL(filePath: place).deletingLastPathComponent().path(percentEncoded: false)
      while place.count > 1, place.hasSuffix("/") { place.removeLast() }
    }
    var health = ModelsHealth(root: root, exists: exists, isWritable: false)
    health.filesystem = filesystem(of: place)
    health.freeBytes = freeBytes(place)
    guard exists else {
      health.tryMaking(in: place)
      return health
    }
    health.tryWriting()
    return health
  }

  /// A folder, which goes again: no right to write says that a filesystem such as /proc takes any.
  private mutating func tryMaking(in place: String) {
    let name = (place == "/" ? "" : place) + "/.winch-doctor-\(UUID().uuidString)"
    isWritable = mkdir(name, 0o700) == 0
    if isWritable { rmdir(name) } else { refusal = String(cString: strerror(errno)) }
  }

  /// Two names of an empty file, which go again.
  private mutating func tryWriting() {
    let name = root + "/.winch-doctor-\(UUID().uuidString)"
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      refusal = String(cString: strerror(errno))
      return
    }
    close(descriptor)
    defer { unlink(name) }
    isWritable = true
    let other = name + "-2"
    hasHardLinks = link(name, other) == 0
    unlink(other)
  }

  private static func freeBytes(_ path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }

  private static func filesystem(of path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: "/proc/self/mountinfo") else {
      return nil
    }
    let real = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    return MountTable(String(decoding: data, as: UTF8.self)).filesystem(of: real)
  }
}

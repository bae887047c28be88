import CPlatform
import Dispatch
import Foundation

/// Blocking calls to the filesystem, kept off the threads that run Swift's tasks.
enum Disk {
  private static let queue = DispatchQueue(label: "winch.engine.disk", attributes: .concurrent)

  /// Runs blocking work on a queue of its own and waits for it, cancelled or not.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: work)) }
    }
  }

  /// As `run`, on a thread of its own that works and reads only when nobody else wants to.
  static func runIdle<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread {
        winch_give_way()
        continuation.resume(with: Result(catching: work))
      }
      thread.qualityOfService = .background
      thread.start()
    }
  }

  /// As `run`, for work that cannot fail.
  static func look<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }

  /// Size, time and identity of the file that a path leads to.
  struct FileStatus: Sendable, Equatable {
    var size: Int64
    /// Nanoseconds since 1970.
    var modificationTime: Int64
    var device: UInt64
    var inode: UInt64
    var isRegular: Bool

    func isSameFile(as other: FileStatus) -> Bool {
      device == other.device && inode == other.inode
    }
  }

  /// Nil when nothing can be reached under the path.
  static func status(_ path: String) -> FileStatus? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return FileStatus(
      size: Int64(status.st_size),
      modificationTime: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino),
      isRegular: status.st_mode & S_IFMT == S_IFREG)
  }

  /// Bytes of the disk that a file has taken; 0 when it is not there.
  static func allocated(_ path: String) -> Int64 {
    var status = stat()
    // In units of 512 bytes, whatever the filesystem's own are (stat(2)).
    return stat(path, &status) == 0 ? Int64(status.st_blocks) * 512 : 0
  }

  /// Bytes that an ordinary user can still write on the filesystem of a path; the nearest
  /// existing parent answers for a path that does not exist.
  static func freeBytes(_ path: String) -> Int64? {
    filesystem(of: path).map { Int64(clamping: UInt64($0.f_bavail) * UInt64($0.f_frsize)) }
  }

  /// Bytes that the filesystem of a path could hold if it were empty.
  static func capacity(_ path: String) -> Int64? {
    filesystem(of: path).map { Int64(clamping: UInt64($0.f_blocks) * UInt64($0.f_frsize)) }
  }

  private static func filesystem(of path: String) -> statvfs? {
    var path = path
    var status = statvfs()
    while statvfs(path, &status) != 0 {
      guard errno == ENOENT, path.count > 1 else { return nil }
      path = parent(of: path)
    }
    return status
  }

  /// True when the path is itself a symbolic link.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// True when something has this path, also a link that leads nowhere.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The names in a directory, in no order. Those that are no UTF-8 are left out.
  static func names(in path: String) throws(DiskError) -> [String] {
    guard let directory = opendir(path) else { throw .last("open", path) }
    defer { closedir(directory) }
    var names: [String] = []
    while true {
      // The end and a failure look alike but for this.
      errno = 0
      guard let entry = readdir(directory) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(validatingCString: $0)
        }
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    if errno != 0 { throw .last("read", path) }
    return names
  }

  /// Makes a directory and its missing parents.
  static func makeDirectory(_ path: String, mode: mode_t = 0o777) throws(DiskError) {
    if mkdir(path, mode) == 0 { return }
    let code = errno
    if code == EEXIST {
      guard isDirectory(path) else { throw DiskError("create", path, ENOTDIR) }
      return
    }
    guard code == ENOENT, path.count > 1 else { throw DiskError("create", path, code) }
    try makeDirectory(parent(of: path), mode: mode)
    if mkdir(path, mode) != 0, errno != EEXIST { throw .last("create", path) }
  }

  /// Brings the bytes of an open file onto the disk, and its length where that has changed.
  static func sync(_ descriptor: Int32, _ path: String) throws(DiskError) {
    #if canImport(Darwin)
      let outcome = fsync(descriptor)
    #else
      let outcome = fdatasync(descriptor)
    #endif
    if outcome != 0 { throw .last("write", path) }
  }

  /// Brings the names in a directory onto the disk.
  static func syncDirectory(_ path: String) throws(DiskError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { close(descriptor) }
    // Some filesystems cannot sync a directory and say EINVAL; their names are as safe as can be.
    if fsync(descriptor) != 0, errno != EINVAL { throw .last("write", path) }
  }

  /// Removes a file; one that is not there is fine.
  static func remove(_ path: String) throws(DiskError) {
    if unlink(path) != 0, errno != ENOENT { throw .last("remove", path) }
  }

  static func rename(_ path: String, to newPath: String) throws(DiskError) {
    // The module's name tells the system call from this function.
    if Foundation.rename(path, newPath) != 0 { throw .last("rename", newPath) }
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

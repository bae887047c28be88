import Foundation
import Synchronization

/// The file of a Unix socket: claimed for one server, visible only when it is ready, and private.
///
/// The server binds at `stagingPath`, in a directory nobody else can enter; `publish` gives the
/// socket its mode and then its name in one step. So no client ever sees a socket that is open to
/// others, and a crashed server's file is replaced rather than removed first.
final class SocketFile: Sendable {
  let path: String
  let stagingPath: String
  private let stagingDirectory: String
  /// Held as long as the server lives, so that of two that start at once one gives way.
  private let lock: Mutex<Int32?>
  private let published = Mutex<FileIdentity?>(nil)

  /// The size of `sun_path` on Linux (unix(7)) less its closing zero byte.
  private static let longestPath = 107

  /// Takes the path if no server uses it. Missing directories are made, with mode 0700.
  init(claiming path: String) throws(EngineServerError) {
    let directory = (path as NSString).deletingLastPathComponent
    guard path.hasPrefix("/"), path.utf8.count <= Self.longestPath else {
      throw .cannotListen(
        "The socket path must be absolute and at most \(Self.longestPath) bytes long: \(path)")
    }
    try Self.makeDirectories(directory)
    let lock = try Self.takeLock(of: path)
    do throws(EngineServerError) {
      try Self.checkUnused(path)
      stagingDirectory = try Self.makeStagingDirectory(in: directory)
    } catch {
      close(lock)
      throw error
    }
    self.lock = Mutex(lock)
    self.path = path
    stagingPath = stagingDirectory + "/s"
  }

  deinit { unlock() }

  /// Lets another server have the path.
  func unlock() {
    lock.withLock { held in
      if let held { close(held) }
      held = nil
    }
  }

  /// Whether the path still leads to what was published.
  var isPublished: Bool {
    published.withLock { $0 } == FileIdentity(path)
  }

  /// Makes the bound socket private and gives it its name.
  func publish() throws(EngineServerError) {
    guard chmod(stagingPath, 0o600) == 0, let identity = FileIdentity(stagingPath),
      rename(stagingPath, path) == 0
    else { throw .cannotListen("The socket \(path) cannot be made: \(systemMessage(errno)).") }
    published.withLock { $0 = identity }
    rmdir(stagingDirectory)
  }

  /// Removes the file if it is still the one that was published.
  func withdraw() {
    if let identity = published.withLock({ $0 }) {
      if FileIdentity(path) == identity { unlink(path) }
    } else {
      unlink(stagingPath)
      rmdir(stagingDirectory)
    }
  }

  // MARK: Claiming

  private static func makeDirectories(_ directory: String) throws(EngineServerError) {
    if mkdir(directory, 0o700) == 0 || errno == EEXIST { return }
    let parent = (directory as NSString).deletingLastPathComponent
    if errno == ENOENT, parent != directory {
      try makeDirectories(parent)
      if mkdir(directory, 0o700) == 0 || errno == EEXIST { return }
    }
    throw .cannotListen("The directory \(directory) cannot be made: \(systemMessage(errno)).")
  }

  private static func takeLock(of path: String) throws(EngineServerError) -> Int32 {
    let file = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw .cannotListen("The lock \(path).lock cannot be opened: \(systemMessage(errno)).")
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw .alreadyRunning(path)
    }
    return file
  }

  /// Passes when there is nothing at the path, or a socket that nobody answers on.
  private static func checkUnused(_ path: String) throws(EngineServerError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw .cannotListen("\(path) is in the way: it is not a socket.")
    }
    if answers(path) { throw .alreadyRunning(path) }
  }

  private static func answers(_ path: String) -> Bool {
    let client = socket(AF_UNIX, streamSocketType, 0)
    guard client >= 0 else { return false }
    defer { close(client) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result == 0
  }

  #if canImport(Glibc)
    private static let streamSocketType = Int32(SOCK_STREAM.rawValue)
  #else
    private static let streamSocketType = SOCK_STREAM
  #endif

  /// Makes a directory that nobody else can enter, beside a socket.
  static func makeStagingDirectory(in directory: String) throws(EngineServerError)
    -> String
  {
    var template = Array("\(directory)/.XXXXXX".utf8CString)
    guard template.count + 2 <= longestPath + 1 else {
      throw .cannotListen("The socket's directory has too long a name: \(directory)")
    }
    guard mkdtemp(&template) != nil else {
      throw .cannotListen("\(directory) cannot be written: \(systemMessage(errno)).")
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Which file a name stands for, whatever it is called.
private struct FileIdentity: Sendable, Equatable {
  var device: dev_t
  var number: ino_t

  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    device = status.st_dev
    number = status.st_ino
  }
}

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }

import Downloads
import Foundation

/// The right to be the only engine on a models folder, held until the value goes.
///
/// The lock is the kernel's (`flock`), so a killed engine never leaves a stale one behind. There are
/// filesystems that give such a lock to everybody. Where a second one is given as well, a file that only
/// one can make is the lock, and who made it is asked whether it lives.
final class FolderLock: Sendable {
  private let descriptor: Int32
  /// The file that only one can make; nil where the kernel's locks are good.
  private let claimPath: String?
  private let owner: FolderOwner

  /// Takes a lock on an open file; false when another has it.
  typealias Lock = @Sendable (Int32) -> Bool

  /// The kernel's; a filesystem that has none gives it to everybody.
  static let kernel: Lock = { flock($0, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }

  /// - Parameters:
  ///   - folder: where the lock file stands; it is made where missing.
  ///   - lock: the kernel's lock.
  /// - Throws: `FolderInUse`; `DiskError` where nothing can be written.
  init(
    folder: String, owner: FolderOwner = .current(), lock: Lock = FolderLock.kernel
  ) throws {
    try Disk.makeDirectory(folder)
    let path = Self.path(in: folder)
    let descriptor = try Self.open(path)
    do {
      guard lock(descriptor) else {
        throw FolderInUse(folder: Disk.parent(of: folder), owner: FolderOwner(at: path))
      }
      let isGood = !Self.isGivenTwice(path, lock)
      claimPath = isGood ? nil : try Self.claim(in: folder, owner)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.owner = owner
    owner.write(to: descriptor)
  }

  deinit {
    if let claimPath, FolderOwner(at: claimPath) == owner { unlink(claimPath) }
    close(descriptor)
  }

  /// Whether a folder, wherever it is mounted now, is the one that was locked.
  func isOf(_ folder: String) -> Bool { FolderOwner(at: Self.path(in: folder)) == owner }

  private static func path(in folder: String) -> String { folder + "/engine.lock" }

  /// The file may be another user's, who has shared the folder but not what stands in it.
  private static func open(_ path: String) throws(DiskError) -> Int32 {
    // The module's name tells the system call from this function.
    let own = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    if own >= 0 { return own }
    let code = errno
    let others = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard others >= 0 else { throw DiskError("create", path, code) }
    return others
  }

  private static func isGivenTwice(_ path: String, _ lock: Lock) -> Bool {
    guard let second = try? open(path) else { return false }
    defer { close(second) }
    return lock(second)
  }

  /// Makes the file that only one can make, and takes that of an engine that has ended.
  private static func claim(in folder: String, _ owner: FolderOwner) throws -> String {
    let path = folder + "/engine.owner"
    // What was found ended may be taken by somebody else in between, who then is the owner.
    for _ in 1...3 {
      let descriptor = Foundation.open(
        path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
      if descriptor >= 0 {
        owner.write(to: descriptor)
        close(descriptor)
        return path
      }
      guard errno == EEXIST else { throw DiskError.last("create", path) }
      let other = FolderOwner(at: path)
      guard other?.isAlive == false else {
        throw FolderInUse(folder: Disk.parent(of: folder), owner: other)
      }
      try Disk.remove(path)
    }
    throw FolderInUse(folder: Disk.parent(of: folder), owner: FolderOwner(at: path))
  }
}

/// Another engine uses the models folder.
struct FolderInUse: Error {
  let folder: String
  /// Nil when it has not said who it is.
  let owner: FolderOwner?

  var failure: DownloadFailure {
    var who = ""
    if let owner {
      let isHere = owner.host == FolderOwner.host
      let place = isHere ? "" : " on \(PlainText.sanitized(owner.host))"
      who = " (process \(owner.processID)\(place))"
    }
    return DownloadFailure(
      code: "ENGINE_ALREADY_RUNNING",
      message: "Another engine\(who) is using the models folder \(folder).",
      hint: "Stop it with 'winch stop', or choose another folder with --models.")
  }
}

/// Which engine uses a models folder, written beside its lock for people, and for filesystems without
/// locks.
struct FolderOwner: Codable, Equatable, Sendable {
  var processID: Int32
  var host: String
  /// The start of the machine.
  var boot: String?
  /// The start of the process in the system's own count, because process ids come again.
  var started: String?
  /// Two engines are never the same, whatever else is.
  var id: String

  static let host = ProcessInfo.processInfo.hostName

  static func current() -> FolderOwner {
    FolderOwner(
      processID: getpid(), host: host, boot: Boot.current,
      started: startOfProcess(getpid()), id: UUID().uuidString.lowercased())
  }

  /// Whether its process runs. One on another machine cannot be asked, and counts as running.
  var isAlive: Bool {
    guard boot == Boot.current else { return host != Self.host }
    guard let started else { return kill(processID, 0) == 0 || errno == EPERM }
    return Self.startOfProcess(processID) == started
  }

  /// The 22nd field of `/proc/<pid>/stat` (proc(5)), counted behind the name, which may hold anything.
  private static func startOfProcess(_ processID: Int32) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[end...].split(separator: " ")
    return fields.count > 20 ? String(fields[20]) : nil
  }
}

extension FolderOwner {
  /// Nil when the file is not there or says nothing.
  init?(at path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let owner = try? JSONDecoder().decode(FolderOwner.self, from: data)
    else { return nil }
    self = owner
  }

  /// A file that cannot be written only says less.
  fileprivate func write(to descriptor: Int32) {
    guard let data = try? JSONEncoder().encode(self) else { return }
    ftruncate(descriptor, 0)
    _ = data.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }
}

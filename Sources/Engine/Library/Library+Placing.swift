import Downloads
import Foundation

/// How a file gets its final name: never over another file, and all at once.
extension Library {
  /// Gives the content of `source` a name in a folder and returns the path below the root.
  ///
  /// The first free name is taken of `name`, `name (2)`… . A file of the same content under one of
  /// them is kept as the place, so doing this again after a crash finds its own work.
  ///
  /// - Parameters:
  ///   - sha256: the hash of the content, against which a file in the way is compared.
  ///   - bind: makes the name stand for the content; returns false when the name is taken.
  func place(
    folder: String, name: String, source: String, sha256: String,
    bind: (_ source: String, _ target: String) throws -> Bool
  ) throws -> String {
    try enter()
    let directory = absolute(folder)
    try Disk.makeDirectory(directory)
    for number in 1...Self.highestNumber {
      let candidate = number == 1 ? name : FileName.numbered(name, number)
      let target = directory + "/" + candidate
      let isPlaced = try bind(source, target) || isSameContent(source, target, sha256: sha256)
      guard isPlaced else { continue }
      try Disk.syncDirectory(directory)
      return folder + "/" + candidate
    }
    throw DiskError("create", directory + "/" + name, EEXIST)
  }

  /// Puts aside what aria2 has left under the name of a file that is there and verified now, so that the
  /// file gets its name: `NAME` becomes `NAME.unfinished`, and its map `NAME.unfinished.aria2`. Nothing else
  /// is touched, and nothing is removed.
  ///
  /// - Parameters:
  ///   - path: absolute.
  ///   - size: of the verified file. What aria2 keeps of a file of another size is another file.
  /// - Returns: the new paths; none where nothing was in the way.
  static func putAsideUnfinished(_ path: String, size: Int64) throws(DiskError) -> [String] {
    let (control, aside) = (path + ".aria2", path + ".unfinished")
    guard let map = ForeignPartials.map(at: control), map.size == size,
      map.finished.count < size, !Disk.exists(aside), !Disk.exists(aside + ".aria2")
    else { return [] }
    // The map goes last: without its file it says nothing, and without it the file seems to be whole.
    if Disk.exists(path) { try Disk.rename(path, to: aside) }
    try Disk.rename(control, to: aside + ".aria2")
    return [aside, aside + ".aria2"]
  }

  static let highestNumber = 1000

  /// Whether a name is what `place` gives to one that is taken.
  static func isNumbered(_ name: String, after wanted: String) -> Bool {
    name != wanted && (2...highestNumber).contains { FileName.numbered(wanted, $0) == name }
  }

  /// Gives a finished partial file its name. The partial's own name stays where the filesystem
  /// allows a file to have two, so that nothing is lost before the database knows the new one.
  static func moveIn(_ source: String, _ target: String) throws -> Bool {
    if link(source, target) == 0 { return true }
    switch errno {
    case EEXIST: return false
    case EXDEV: return try copyIn(source, target)
    case EPERM, ENOTSUP, ENOSYS, EMLINK, EINVAL: return try renameIn(source, target)
    default: throw DiskError.last("create", target)
    }
  }

  /// Gives a stored file a second name: a hard link, or a symbolic one where that cannot be. Of a
  /// link it is the file that gets the name.
  static func linkIn(_ source: String, _ target: String) throws(DiskError) -> Bool {
    if linkat(AT_FDCWD, source, AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0 { return true }
    if errno == EEXIST { return false }
    if symlink(source, target) == 0 { return true }
    if errno == EEXIST { return false }
    throw .last("create", target)
  }

  /// Gives a file in another of ComfyUI's folders a name in the tree: a hard link, a copy that shares its
  /// blocks, or a symbolic link. Its owner keeps it as others keep models, so what a link costs is not
  /// worth a copy.
  static func linkFrom(_ source: String, _ target: String) throws -> Bool {
    if linkat(AT_FDCWD, source, AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0 { return true }
    if errno == EEXIST { return false }
    do {
      return try copyIn(source, target) { try FileCopy.share(source, with: $0) }
    } catch is FileCopy.NothingShared {
      if symlink(source, target) == 0 { return true }
      if errno == EEXIST { return false }
      throw DiskError.last("create", target)
    }
  }

  /// Gives a file outside of the tree a name in it: a hard link, or a copy where that cannot be. A
  /// symbolic link would lose the content when its owner tidies up.
  ///
  /// - Parameter copies: called before a copy is begun and after each part of it, with the bytes
  ///   copied so far; may throw to end it.
  static func importIn(
    _ source: String, _ target: String, copies: (Int64) throws -> Void
  ) throws -> Bool {
    if linkat(AT_FDCWD, source, AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0 { return true }
    if errno == EEXIST { return false }
    try copies(0)
    return try copyIn(source, target, progress: copies)
  }

  /// For filesystems without hard links: an empty file claims the name, the content replaces it.
  private static func renameIn(_ source: String, _ target: String) throws(DiskError) -> Bool {
    let claim = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard claim >= 0 else {
      if errno == EEXIST { return false }
      throw .last("create", target)
    }
    close(claim)
    try Disk.rename(source, to: target)
    return true
  }

  /// For a folder that is a link to another filesystem: a copy beside the target, then its name.
  private static func copyIn(
    _ source: String, _ target: String, progress: (Int64) throws -> Void = { _ in }
  ) throws -> Bool {
    try copyIn(source, target) { try FileCopy.copy(source, to: $0, progress: progress) }
  }

  /// - Parameter copy: makes the copy under a path where nothing is.
  private static func copyIn(
    _ source: String, _ target: String, copy: (_ path: String) throws -> Void
  ) throws -> Bool {
    if Disk.status(target) != nil { return false }
    let name = target.split(separator: "/").last.map(String.init) ?? "file"
    let beside = Disk.parent(of: target) + "/." + String(name.prefix(40)) + ".winch.part"
    try Disk.remove(beside)
    do {
      try copy(beside)
    } catch {
      // Half a copy would keep the room that it lacked.
      try? Disk.remove(beside)
      throw error
    }
    let isPlaced = link(beside, target) == 0
    let code = errno
    if isPlaced || code == EEXIST {
      try Disk.remove(beside)
      return isPlaced
    }
    return try renameIn(beside, target)
  }

  func isSameContent(_ source: String, _ target: String, sha256: String) throws -> Bool {
    guard let ours = Disk.status(source), let theirs = Disk.status(target), theirs.isRegular else {
      return false
    }
    if ours.isSameFile(as: theirs) { return true }
    guard ours.size == theirs.size else { return false }
    return try ContentHashes.ofFile(at: target).sha256 == sha256
  }
}

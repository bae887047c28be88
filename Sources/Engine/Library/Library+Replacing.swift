import Foundation

/// How a file comes back under its name.
extension Library {
  /// Gives the content of `source` the name of a file that is gone or has another content. Whatever
  /// stands under the name is put aside beside it as `NAME.changed`, which no loader takes for a model.
  ///
  /// A file of the same content is kept, so doing this again after a crash finds its own work.
  ///
  /// - Parameters: as those of `place`, but for the path below the root.
  func replace(
    _ path: String, source: String, sha256: String,
    bind: (_ source: String, _ target: String) throws -> Bool
  ) throws {
    try enter()
    let target = absolute(path)
    let directory = Disk.parent(of: target)
    try Disk.makeDirectory(directory)
    for _ in 1...Self.mostTries {
      if try bind(source, target) || isSameContent(source, target, sha256: sha256) {
        return try Disk.syncDirectory(directory)
      }
      try Self.putAside(target)
    }
    throw DiskError("create", target, EEXIST)
  }

  /// Somebody may put a file there again and again.
  private static let mostTries = 10

  /// Nothing is overwritten: the first free name is taken.
  private static func putAside(_ path: String) throws(DiskError) {
    for number in 1...highestNumber {
      let aside = path + ".changed" + (number == 1 ? "" : "-\(number)")
      if link(path, aside) == 0 { return try Disk.remove(path) }
      switch errno {
      case EEXIST: continue
      case ENOENT: return
      case EPERM, ENOTSUP, ENOSYS, EMLINK, EINVAL:
        // No hard links here. Nobody else makes names that end so.
        if Disk.status(aside) != nil || Disk.isLink(aside) { continue }
        return try Disk.rename(path, to: aside)
      default: throw .last("create", aside)
      }
    }
    throw DiskError("create", path + ".changed", EEXIST)
  }
}

import Foundation

extension Library {
  /// Removes the unfinished uploads of engines that were killed. One that another engine is still
  /// receiving has that engine's lock on it, which the kernel takes away with its process.
  func removeAbandonedUploads() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: workFolder)) ?? []
    for name in names where name.hasSuffix(".upload") {
      let descriptor = open(workPath(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? Disk.remove(workPath(name)) }
      close(descriptor)
    }
  }
}

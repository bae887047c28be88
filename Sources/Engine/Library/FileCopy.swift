import CPlatform
import Downloads
import Foundation

/// Copying a file's bytes to another place.
enum FileCopy {
  private static let bufferSize = 1 << 20
  /// Bytes that the system is asked to copy at one time.
  private static let sharedPart: Int64 = 64 << 20

  /// Writes a new file with the bytes of another and brings it onto the disk. A filesystem that can
  /// lets both share them.
  ///
  /// - Parameter progress: called after each part with the bytes copied so far; may throw to end it.
  static func copy(
    _ source: String, to target: String, progress: (Int64) throws -> Void = { _ in }
  ) throws {
    let (input, output) = try open(source, andNew: target)
    defer {
      close(input)
      close(output)
    }
    var copied = try share(input, output, progress: progress)
    var buffer = [UInt8](repeating: 0, count: bufferSize)
    while true {
      let count = read(input, &buffer, bufferSize)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw DiskError.last("read", source)
      }
      try write(buffer[..<count], to: output, path: target)
      copied += Int64(count)
      try progress(copied)
    }
    if fsync(output) != 0 { throw DiskError.last("write", target) }
  }

  /// The filesystem cannot let two files share their blocks, or not these.
  struct NothingShared: Error {}

  /// Makes a new file that shares all blocks of another, so that it takes no room and no time.
  ///
  /// - Throws: `NothingShared`, and then there is no new file; `DiskError`.
  static func share(_ source: String, with target: String) throws {
    let (input, output) = try open(source, andNew: target)
    defer {
      close(input)
      close(output)
    }
    guard winch_clone(input, output) == 0 else {
      unlink(target)
      throw NothingShared()
    }
    if fsync(output) != 0 { throw DiskError.last("write", target) }
  }

  /// Writes a new file that has some ranges of another, and brings it onto the disk. What is between them
  /// is nobody's.
  ///
  /// - Parameter progress: called after each part with the bytes copied so far; may throw to end it.
  static func copy(
    _ ranges: ByteRanges, of source: String, to target: String, progress: (Int64) throws -> Void
  ) throws {
    let (input, output) = try open(source, andNew: target)
    defer {
      close(input)
      close(output)
    }
    if winch_clone(input, output) != 0 {
      var copied: Int64 = 0
      for range in ranges.ranges {
        try copy(range, input, source, output, target) {
          copied += $0
          try progress(copied)
        }
      }
    }
    if fsync(output) != 0 { throw DiskError.last("write", target) }
  }

  /// Opens a file to read, and makes another to write.
  private static func open(
    _ source: String, andNew target: String
  ) throws(DiskError) -> (input: Int32, output: Int32) {
    // Opening a pipe would wait for its writer.
    let input = Foundation.open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard input >= 0 else { throw DiskError.last("open", source) }
    let output = Foundation.open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard output >= 0 else {
      let error = DiskError.last("create", target)
      close(input)
      throw error
    }
    return (input, output)
  }

  /// - Parameter progress: called with the bytes of each part.
  private static func copy(
    _ range: Range<Int64>, _ input: Int32, _ source: String, _ output: Int32, _ target: String,
    progress: (Int64) throws -> Void
  ) throws {
    guard lseek(input, off_t(range.lowerBound), SEEK_SET) >= 0 else {
      throw DiskError.last("read", source)
    }
    guard lseek(output, off_t(range.lowerBound), SEEK_SET) >= 0 else {
      throw DiskError.last("write", target)
    }
    var left = Int64(range.count)
    var buffer: [UInt8] = []
    while left > 0 {
      var count = winch_copy_part(input, output, min(left, sharedPart))
      if count <= 0 {
        if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: bufferSize) }
        count = Int64(read(input, &buffer, Int(min(left, Int64(bufferSize)))))
        if count < 0, errno == EINTR { continue }
        // A file that has become shorter has not what was said.
        guard count > 0 else { throw DiskError("read", source, count < 0 ? errno : EIO) }
        try write(buffer[..<Int(count)], to: output, path: target)
      }
      left -= count
      try progress(count)
    }
  }

  /// Lets the system copy, and returns the bytes it did; the rest is to be read and written.
  private static func share(
    _ input: Int32, _ output: Int32, progress: (Int64) throws -> Void
  ) throws -> Int64 {
    var copied: Int64 = 0
    while true {
      let count = winch_copy_part(input, output, sharedPart)
      guard count > 0 else { return copied }
      copied += count
      try progress(copied)
    }
  }

  private static func write(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String
  ) throws(DiskError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .last("write", path)
      }
    }
  }
}

import Foundation

/// Copying a file's bytes onto another filesystem.
enum FileCopy {
  private static let bufferSize = 1 << 20

  /// Writes a new file with the bytes of another and brings it onto the disk.
  static func copy(_ source: String, to target: String) throws(DiskError) {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw .last("open", source) }
    defer { close(input) }
    let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard output >= 0 else { throw .last("create", target) }
    defer { close(output) }
    var buffer = [UInt8](repeating: 0, count: bufferSize)
    while true {
      let count = read(input, &buffer, bufferSize)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .last("read", source)
      }
      try write(buffer[..<count], to: output, path: target)
    }
    if fsync(output) != 0 { throw .last("write", target) }
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

import Foundation

/// A file open for one reading from front to back. Closed when the value goes.
struct SequentialFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(path: String) throws(FileReadError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileReadError.last(path: path) }
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// The length in bytes at this moment.
  func size() throws(FileReadError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileReadError.last(path: path) }
    return Int64(status.st_size)
  }

  /// Calls `body` with each piece of the rest of the file, in order; never with an empty one.
  ///
  /// - Throws: `FileReadError`, `CancellationError` once the current task is cancelled, and what
  ///   `body` throws.
  func forEachPiece(
    bufferSize: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      try Task.checkCancellation()
      let count = try readOnce(into: buffer)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Returns the bytes read, 0 at the end of the file.
  private func readOnce(into buffer: UnsafeMutableRawBufferPointer) throws(FileReadError) -> Int {
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw FileReadError.last(path: path) }
    }
  }
}

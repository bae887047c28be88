import ArgumentParser
import Foundation

/// The hashes of a transfer, on one thread: in memory with every kernel, then from a file beside the
/// programs that people know. All sides take turns, and what is told are medians.
struct HashBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hashes",
    abstract: "Measures BLAKE3 and SHA-256 on one thread, beside b3sum, sha256sum and openssl.")

  @Option(help: "MiB to hash.") var size = 1024
  @Option(help: "KiB given to a hash at a time.") var piece = 1024
  @Option(help: "How often each side has its turn.") var rounds = 7

  func run() async throws {
    let content = HashedContent(byteCount: size << 20, pieceLength: piece << 10)
    defer { content.bytes.deallocate() }
    print("\(size) MiB in pieces of \(piece) KiB; gigabytes for each second of processor time")

    print("\nin memory")
    _ = try measure(HashSide.inMemory, content)

    let file = try content.writeFile()
    defer { unlink(file) }
    for (hash, programs) in HashSide.programs {
      print("\n\(hash.name), a file in the page cache")
      let others = programs.compactMap { $0.side(for: file) }
      let seconds = try measure([hash.readingFile(file)] + others, content)
      for (other, otherSeconds) in zip(others, seconds.dropFirst()) {
        let ratios = zip(otherSeconds, seconds[0]).map { $0 / $1 }
        Figure.print("ratio to \(other.name)", ratios.median { $0 }, digits: 2)
      }
    }
  }

  /// Lets the sides take turns, prints how fast each is, and returns the seconds of its turns.
  private func measure(_ sides: [HashSide], _ content: HashedContent) throws -> [[Double]] {
    var seconds = sides.map { _ in [Double]() }
    for round in 0...rounds {
      for (index, side) in sides.enumerated() {
        let turn = try side.measure(content)
        // The first round warms up.
        if round > 0 { seconds[index].append(turn) }
      }
    }
    for (side, turns) in zip(sides, seconds) {
      Figure.print(side.name, turns.median { Double(content.bytes.count) / $0 / 1e9 }, digits: 2)
    }
    return seconds
  }
}

/// What is hashed.
struct HashedContent {
  let bytes: UnsafeMutableRawBufferPointer
  let pieceLength: Int

  init(byteCount: Int, pieceLength: Int) {
    bytes = .allocate(byteCount: byteCount, alignment: 4096)
    self.pieceLength = pieceLength
    for offset in stride(from: 0, to: byteCount, by: 8) {
      let word = UInt64(offset) &* 0x9e37_79b9_7f4a_7c15
      bytes.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
    }
  }

  func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) {
    for start in stride(from: 0, to: bytes.count, by: pieceLength) {
      let end = min(start + pieceLength, bytes.count)
      body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    }
  }

  /// In memory where the system has a place for that, so that the disk does not count.
  func writeFile() throws -> String {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
    let path = "\(folder)/winch-bench-\(getpid())"
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
      throw BenchmarkError(description: "\(path) cannot be written.")
    }
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    forEachPiece { file.write(Data($0)) }
    return path
  }
}

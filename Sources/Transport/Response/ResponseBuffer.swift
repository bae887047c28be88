/// The bytes of a body that arrived and were not read yet, with the rule for pausing.
struct ResponseBuffer {
  /// Bytes may wait up to this many; what comes on top is refused until half of them are read.
  private let limit: Int
  private var chunks: [[UInt8]] = []
  private(set) var count = 0
  private(set) var isPaused = false

  /// Small pieces are joined up to this size: so a server that sends single bytes does not make a
  /// million arrays, and a fast one does not wake its reader for each packet.
  private let chunkSize: Int

  init(limit: Int = 256 << 10, chunkSize: Int = 128 << 10) {
    self.limit = limit
    self.chunkSize = chunkSize
  }

  var isEmpty: Bool { chunks.isEmpty }

  /// Copies the bytes; false when the sender must keep them and wait.
  mutating func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !bytes.isEmpty else { return true }
    guard count < limit else {
      isPaused = true
      return false
    }
    count += bytes.count
    if let last = chunks.indices.last, chunks[last].count + bytes.count <= chunkSize {
      // Once, instead of by doubling.
      chunks[last].reserveCapacity(chunkSize)
      chunks[last].append(contentsOf: bytes)
    } else {
      chunks.append([UInt8](bytes))
    }
    return true
  }

  /// The next chunk, and whether a waiting sender should go on.
  mutating func take() -> (chunk: [UInt8], resumes: Bool)? {
    guard !chunks.isEmpty else { return nil }
    let chunk = chunks.removeFirst()
    count -= chunk.count
    let resumes = isPaused && count <= limit / 2
    if resumes { isPaused = false }
    return (chunk, resumes)
  }

  mutating func clear() {
    chunks = []
    count = 0
    isPaused = false
  }
}

import CBlake3
import Testing

/// The kernel is a choice of the whole process, so these tests run one at a time.
@Suite("Kernels", .serialized)
struct KernelTests {
  /// Those that this processor can run.
  static let available = ["portable", "neon", "sse4.1", "avx2", "avx512"].filter { name in
    defer { winch_blake3_use_kernel(nil) }
    return winch_blake3_use_kernel(name)
  }

  /// Runs `body` with one kernel, and puts the automatic choice back.
  private func withKernel(_ name: String, _ body: () throws -> Void) throws {
    try #require(winch_blake3_use_kernel(name))
    defer { winch_blake3_use_kernel(nil) }
    try body()
  }

  @Test("every kernel gives the published hashes", arguments: available)
  func everyKernelGivesThePublishedHashes(kernel: String) throws {
    try withKernel(kernel) {
      for vector in testVectors {
        #expect(blake3(patternBytes(vector.length)) == vector.hash, "\(vector.length) bytes")
      }
    }
  }

  @Test("every kernel hashes any number of chunks like the portable one", arguments: available)
  func everyKernelTakesAnyNumberOfChunks(kernel: String) throws {
    let bytes = patternBytes(130 * 1024)
    // Past 2^32 chunks the counter has a second word.
    for first: UInt64 in [0, 1 << 32 - 8] {
      for count in [1...36, 63...66, 127...130].joined() {
        let chunks = bytes[..<(count * 1024)]
        var expected = ""
        try withKernel("portable") { expected = subtreeValue(of: chunks, firstChunk: first) }
        try withKernel(kernel) {
          #expect(
            subtreeValue(of: chunks, firstChunk: first) == expected, "\(count) from \(first)")
        }
      }
    }
  }

  @Test("every kernel gives the same hash however the input is split", arguments: available)
  func everyKernelIgnoresSplits(kernel: String) throws {
    let vector = try #require(testVectors.last)
    let bytes = patternBytes(vector.length)
    var generator = SeededGenerator(state: 7)
    try withKernel(kernel) {
      for longest in [700, 5000, 40_000, 300_000] {
        let pieces = randomPieces(of: bytes, upTo: longest, using: &generator)
        #expect(blake3(pieces: pieces) == vector.hash, "pieces of up to \(longest) bytes")
      }
    }
  }

  @Test("the kernel asked for is the one in use", arguments: available)
  func theKernelAskedForIsInUse(kernel: String) throws {
    try withKernel(kernel) {
      #expect(String(cString: winch_blake3_kernel()) == kernel)
    }
  }

  @Test("an unknown kernel is refused and the choice stays")
  func anUnknownKernelIsRefused() throws {
    try withKernel("portable") {
      #expect(!winch_blake3_use_kernel("abacus"))
      #expect(String(cString: winch_blake3_kernel()) == "portable")
    }
  }

  @Test("without a choice the fastest available kernel is used")
  func theFastestKernelIsTheDefault() {
    winch_blake3_use_kernel(nil)
    #expect(String(cString: winch_blake3_kernel()) == Self.available.last)
  }
}

/// Cuts bytes into pieces of random length from 0 to `longest`.
private func randomPieces(
  of bytes: [UInt8], upTo longest: Int, using generator: inout SeededGenerator
) -> [ArraySlice<UInt8>] {
  var pieces: [ArraySlice<UInt8>] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    let piece = rest.prefix(Int.random(in: 0...longest, using: &generator))
    pieces.append(piece)
    rest = rest.dropFirst(piece.count)
  }
  return pieces
}

import CBlake3
import Crypto
import Engine
import Foundation

/// One way to hash, by its name for people.
struct HashSide {
  let name: String
  /// Seconds of processor time for the content.
  let measure: (HashedContent) throws -> Double

  static let kernels = ["avx512", "avx2", "sse4.1", "neon", "portable"].filter { kernel in
    defer { winch_blake3_use_kernel(nil) }
    return winch_blake3_use_kernel(kernel)
  }

  static var inMemory: [HashSide] {
    kernels.map(blake3(kernel:)) + [
      HashSide(name: "BLAKE3 by subtrees of 1 MiB") { content in
        ProcessorTime.ofThread {
          let layout = Blake3Layout(contentLength: Int64(content.bytes.count))
          var hasher = Blake3RangeHasher(from: 0, in: layout)
          var tree = Blake3Tree(layout: layout)
          content.forEachPiece { piece in
            for subtree in hasher.update(piece) { tree.insert(subtree) }
          }
          precondition(tree.hash != nil)
        }
      },
      HashSide(name: "SHA-256") { content in
        ProcessorTime.ofThread {
          var hash = SHA256()
          content.forEachPiece { hash.update(bufferPointer: $0) }
          _ = hash.finalize()
        }
      },
      HashSide(name: "both, piece by piece") { content in
        ProcessorTime.ofThread {
          var digest = ContentDigest()
          content.forEachPiece { digest.update($0) }
          _ = digest.values()
        }
      },
    ]
  }

  private static func blake3(kernel: String) -> HashSide {
    HashSide(name: "BLAKE3, \(kernel)") { content in
      winch_blake3_use_kernel(kernel)
      defer { winch_blake3_use_kernel(nil) }
      return ProcessorTime.ofThread {
        var hash = Blake3()
        content.forEachPiece { hash.update($0) }
        _ = hash.finalize()
      }
    }
  }
}

extension HashSide {
  /// A hash, and the programs that compute it too.
  static let programs: [(hash: FileHash, programs: [HashProgram])] = [
    (.blake3, [HashProgram("b3sum", "--num-threads", "1")]),
    (.sha256, [HashProgram("sha256sum"), HashProgram("openssl", "dgst", "-sha256")]),
  ]
}

/// A hash of a file that this process reads in pieces.
enum FileHash {
  case blake3, sha256

  var name: String { self == .blake3 ? "BLAKE3" : "SHA-256" }

  func readingFile(_ path: String) -> HashSide {
    HashSide(name: "winch") { content in
      let descriptor = open(path, O_RDONLY)
      defer { close(descriptor) }
      let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: content.pieceLength, alignment: 4096)
      defer { buffer.deallocate() }
      return ProcessorTime.ofThread {
        var blake3 = Blake3()
        var sha256 = SHA256()
        while case let count = read(descriptor, buffer.baseAddress, buffer.count), count > 0 {
          let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
          if self == .blake3 { blake3.update(piece) } else { sha256.update(bufferPointer: piece) }
        }
        _ = (blake3.finalize(), sha256.finalize())
      }
    }
  }
}

/// Another program that hashes a file.
struct HashProgram {
  let arguments: [String]

  init(_ arguments: String...) { self.arguments = arguments }

  /// Nil where it is not installed.
  func side(for file: String) -> HashSide? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    let paths: [String] = folders.map { "\($0)/\(arguments[0])" }
    guard let path = paths.first(where: { access($0, X_OK) == 0 }) else { return nil }
    return HashSide(name: arguments.joined(separator: " ")) { _ in
      try ProcessorTime.ofChildren {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments.dropFirst() + [file]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
      }
    }
  }
}

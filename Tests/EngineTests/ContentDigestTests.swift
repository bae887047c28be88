import Foundation
import Testing

@testable import Engine

@Suite("Content hashes")
struct ContentDigestTests {
  /// "abc": FIPS 180-4 example for SHA-256; `b3sum` for BLAKE3.
  private let abc = ContentHashes(
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    blake3: "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85")

  @Test("both hashes follow the bytes in one pass")
  func bothHashesFollowTheBytes() {
    var digest = ContentDigest()
    Array("a".utf8).withUnsafeBytes { digest.update($0) }
    Array("bc".utf8).withUnsafeBytes { digest.update($0) }
    #expect(digest.values() == abc)
    #expect(digest.byteCount == 3)
  }

  @Test("values may be asked for before the end")
  func valuesBeforeTheEnd() {
    var digest = ContentDigest()
    Array("abc".utf8).withUnsafeBytes { digest.update($0) }
    let early = digest.values()
    Array("d".utf8).withUnsafeBytes { digest.update($0) }
    #expect(early == abc)
    #expect(digest.values() != abc)
  }

  @Test("no bytes have the published hashes of nothing")
  func noBytes() {
    #expect(
      ContentDigest().values()
        == ContentHashes(
          sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          blake3: "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"))
  }

  @Test("BLAKE3 takes collections that are not contiguous")
  func blake3TakesAnyCollection() {
    var hash = Blake3()
    hash.update(CollectionOfOne(UInt8(ascii: "a")))
    hash.update("bc".utf8.lazy.map { $0 })
    #expect(hash.hexDigest == abc.blake3)
  }

  @Test(
    "a git blob is named as git hash-object names it",
    arguments: [
      ("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
      ("hello\n", "ce013625030ba8dba906f756967f9e9ca394464a"),
    ])
  func gitBlobName(content: String, expected: String) {
    var digest = GitBlobDigest(size: Int64(content.utf8.count))
    Array(content.utf8).withUnsafeBytes { digest.update($0) }
    #expect(digest.value() == expected)
  }
}

@Suite("Content hashes of a file")
struct ContentHashesOfFileTests {
  @Test("a file read in small pieces has the hashes of its bytes")
  func fileHasTheHashesOfItsBytes() throws {
    let bytes = (0..<10_000).map { UInt8($0 % 251) }
    var digest = ContentDigest()
    bytes.withUnsafeBytes { digest.update($0) }
    try withTemporaryFile(bytes) { path in
      let hashes = try ContentHashes.ofFile(at: path, bufferSize: 777)
      #expect(hashes == digest.values())
    }
  }

  @Test("progress counts up to the size of the file")
  func progressCountsUp() throws {
    try withTemporaryFile([UInt8](repeating: 7, count: 2500)) { path in
      var seen: [Int64] = []
      _ = try ContentHashes.ofFile(at: path, bufferSize: 1000) { seen.append($0) }
      #expect(seen == [1000, 2000, 2500])
    }
  }

  @Test("the git name of a file includes its size")
  func gitNameOfFile() throws {
    try withTemporaryFile(Array("hello\n".utf8)) { path in
      let name = try GitBlobDigest.ofFile(at: path, bufferSize: 4)
      #expect(name == "ce013625030ba8dba906f756967f9e9ca394464a")
    }
  }

  @Test("a missing file is reported with its path and reason")
  func missingFile() {
    let path = "/nonexistent/model.safetensors"
    #expect(throws: FileReadError(path: path, code: ENOENT)) {
      try ContentHashes.ofFile(at: path)
    }
  }

  @Test("a directory cannot be hashed")
  func directory() {
    #expect(throws: FileReadError(path: "/", code: EISDIR)) {
      try ContentHashes.ofFile(at: "/")
    }
  }

  @Test("reading ends when the task is cancelled")
  func cancelledTask() async throws {
    let task = Task {
      try withTemporaryFile([UInt8](repeating: 7, count: 5000)) { path in
        var reads = 0
        #expect(throws: CancellationError.self) {
          try ContentHashes.ofFile(at: path, bufferSize: 1000) { _ in
            reads += 1
            withUnsafeCurrentTask { $0?.cancel() }
          }
        }
        #expect(reads == 1)
      }
    }
    try await task.value
  }
}

/// Gives `body` the path of a file with these bytes, and removes the file afterwards.
private func withTemporaryFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
  let path = temporaryPath()
  try Data(bytes).write(to: URL(filePath: path))
  defer { unlink(path) }
  try body(path)
}

private func temporaryPath() -> String {
  URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString).path()
}

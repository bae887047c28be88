import ComfyAPI
import Downloads
import Foundation

/// The file that takes the bytes a client sends, until they have a name.
public struct UploadFile: Sendable {
  private let received: ReceivedFile
  private let library: Library
  private let reservedBytes: Int64

  /// How often the free space is looked at, as a power of two of bytes.
  private static let spaceCheckExponent: Int64 = 24

  init(library: Library, reservedBytes: Int64) {
    received = ReceivedFile(path: library.workPath(UUID().uuidString.lowercased() + ".upload"))
    self.library = library
    self.reservedBytes = reservedBytes
  }

  var path: String { received.path }

  /// Bytes received.
  public var size: Int64 { get async { await received.position } }

  var hashes: ContentHashes { get async { await received.hashes } }

  func open() async throws {
    try await Disk.run { [library] in try library.enter() }
    try await received.create()
    await received.claim()
  }

  /// Adds bytes at the end and on to the hashes.
  ///
  /// - Throws: `unprocessable` when the disk is full, `internalError` when it fails.
  public func append(_ bytes: ArraySlice<UInt8>) async throws(EngineError) {
    do {
      let size = try await received.append(bytes)
      let before = size - Int64(bytes.count)
      guard before == 0 || size >> Self.spaceCheckExponent != before >> Self.spaceCheckExponent
      else { return }
      guard (library.freeBytes ?? .max) >= reservedBytes else { throw Self.diskFull }
    } catch let error as DiskError where error.code != ENOSPC && error.code != EDQUOT {
      throw .internalError(error)
    } catch {
      throw Self.diskFull
    }
  }

  /// Brings every byte onto the disk.
  func sync() async throws { try await received.sync() }

  /// Takes the file's name in the work folder away; content that has another name stays.
  func remove() async {
    try? await Disk.run { [path] in try Disk.remove(path) }
  }

  private static let diskFull = EngineError(
    .unprocessable, code: "DISK_FULL", message: "The models' disk is full.", field: "file",
    hint: "Free some space, then send the file again.")
}

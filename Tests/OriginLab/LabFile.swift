import Crypto
import Foundation
import Synchronization

/// A file whose bytes follow from a seed, so that none of it is held in memory.
public struct LabFile: Sendable {
  public let size: Int
  public let seed: UInt64
  public var faults: LabFaults
  private let head: [UInt8]
  private let digests = LabDigests()

  public init(size: Int, seed: UInt64, faults: LabFaults = LabFaults()) {
    self.init(size: size, seed: seed, faults: faults, head: [])
  }

  /// A file with exactly these bytes.
  public init(bytes: [UInt8], faults: LabFaults = LabFaults()) {
    self.init(size: bytes.count, seed: 0, faults: faults, head: bytes)
  }

  private init(size: Int, seed: UInt64, faults: LabFaults, head: [UInt8]) {
    self.size = size
    self.seed = seed
    self.faults = faults
    self.head = head
  }

  /// A file with a valid safetensors header whose one tensor fills the rest.
  ///
  /// - Parameters:
  ///   - tensor: its name, by which programs tell what kind of model it is.
  ///   - base: the base model that the header names; none when nil.
  public static func safetensors(
    size: Int, seed: UInt64, faults: LabFaults = LabFaults(), tensor: String = "weight",
    base: String? = nil
  ) -> LabFile {
    let notes = base.map { #""__metadata__":{"ss_base_model_version":"\#($0)"},"# } ?? ""
    let length = 128 + (notes.utf8.count + 7) / 8 * 8
    let data = size - 8 - length
    precondition(data >= 0, "a safetensors file of the lab has at least \(8 + length) bytes")
    let json =
      "{\(notes)\"\(tensor)\":{\"dtype\":\"U8\",\"shape\":[\(data)],\"data_offsets\":[0,\(data)]}}"
    let header = Array(json.utf8) + Array(repeating: 0x20, count: length - json.utf8.count)
    let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    return LabFile(size: size, seed: seed, faults: faults, head: prefix + header)
  }

  /// The true bytes of a range.
  public func bytes(_ range: Range<Int>) -> [UInt8] {
    guard !range.isEmpty else { return [] }
    return [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      fill(UnsafeMutableRawBufferPointer(buffer), from: range.lowerBound)
      count = range.count
    }
  }

  /// The bytes as they are served, with the corrupted one if there is one.
  func servedBytes(_ range: Range<Int>) -> [UInt8] {
    var bytes = bytes(range)
    if let place = faults.corruptByteAt, range.contains(place) {
      bytes[place - range.lowerBound] ^= 0xFF
    }
    return bytes
  }

  /// 64 lower-case hex digits.
  public var sha256: String {
    digests.value("sha256") {
      var hash = SHA256()
      forEachPiece { hash.update(data: $0) }
      return hash.finalize().hex
    }
  }

  /// The name git gives the content: 40 lower-case hex digits.
  public var gitSHA1: String {
    digests.value("git") {
      var hash = Insecure.SHA1()
      hash.update(data: Array("blob \(size)\0".utf8))
      forEachPiece { hash.update(data: $0) }
      return hash.finalize().hex
    }
  }

  /// What the origin says the hash is.
  var publishedSHA256: String {
    faults.wrongPublishedHash ? SHA256.hash(data: Array("\(seed)".utf8)).hex : sha256
  }

  /// A tag of the content host that is no hash of the content, as Xet's is none.
  var contentTag: String { SHA256.hash(data: Array("xet \(seed) \(size)".utf8)).hex }

  private func forEachPiece(_ body: ([UInt8]) -> Void) {
    for start in stride(from: 0, to: size, by: 1 << 20) {
      body(bytes(start..<min(size, start + 1 << 20)))
    }
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) {
    var place = offset
    let end = offset + buffer.count
    while place < end, place % 8 != 0 || end - place < 8 {
      buffer[place - offset] = byte(place)
      place += 1
    }
    while end - place >= 8 {
      buffer.storeBytes(of: word(place / 8), toByteOffset: place - offset, as: UInt64.self)
      place += 8
    }
    while place < end {
      buffer[place - offset] = byte(place)
      place += 1
    }
    let overlap = min(head.count, end)
    if offset < overlap {
      for place in offset..<overlap { buffer[place - offset] = head[place] }
    }
  }

  private func byte(_ place: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: word(place / 8) >> (8 * UInt64(place % 8)))
  }

  /// SplitMix64: eight bytes from the seed and the place.
  private func word(_ index: Int) -> UInt64 {
    var z = seed &+ (UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (z ^ (z >> 31)).littleEndian
  }
}

/// Hashes that were computed once, shared by the copies of a file.
private final class LabDigests: Sendable {
  private let known = Mutex<[String: String]>([:])

  func value(_ name: String, _ compute: () -> String) -> String {
    if let value = known.withLock({ $0[name] }) { return value }
    let value = compute()
    known.withLock { $0[name] = value }
    return value
  }
}

extension Sequence<UInt8> {
  var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

import Foundation

/// The header of a safetensors file: 8 bytes of length, then JSON (safetensors' README and
/// `tensor.rs`, whose checks these are).
struct SafetensorsHeader {
  /// Why the bytes are no such file, as the end of a sentence.
  struct Problem: Error, Equatable {
    let reason: String
  }

  struct Tensor: Decodable {
    let type: String
    let shape: [Int64]
    let offsets: [Int64]

    enum CodingKeys: String, CodingKey {
      case type = "dtype"
      case shape
      case offsets = "data_offsets"
    }
  }

  /// Bytes of a header beyond which there is none (`MAX_HEADER_SIZE`).
  static let longest = 100_000_000
  /// Bytes of a header that is read as a whole.
  static let longestParsed = 8 << 20

  private static let metadataKey = "__metadata__"

  let metadata: [String: String]
  let tensors: [String: Tensor]

  /// The length that the first 8 bytes announce; nil when there are fewer or it is absurd.
  static func length(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 8 else { return nil }
    let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return length <= UInt64(longest) ? Int(length) : nil
  }

  /// Whether a length and the brace of a JSON object stand at the beginning.
  static func begins(_ bytes: [UInt8]) -> Bool {
    length(bytes) != nil && bytes.count > 8 && bytes[8] == UInt8(ascii: "{")
  }

  /// Nil when the header is longer than the bytes, which say nothing against it then.
  ///
  /// - Parameter size: of the whole file; nil where it is unknown.
  init?(_ bytes: [UInt8], size: Int64?) throws(Problem) {
    if let size, size < 8 { throw Problem(reason: "it has only \(size) bytes") }
    guard bytes.count >= 8 else { return nil }
    guard let length = Self.length(bytes), length >= 2 else {
      throw Problem(reason: "its header has an impossible length")
    }
    if let size, Int64(8 + length) > size {
      throw Problem(reason: "it ends inside its header")
    }
    guard bytes.count == 8 || bytes[8] == UInt8(ascii: "{") else {
      throw Problem(reason: "its header is no JSON")
    }
    guard bytes.count >= 8 + length, length <= Self.longestParsed else { return nil }
    let entries: [String: Entry]
    do {
      entries = try JSONDecoder().decode([String: Entry].self, from: Data(bytes[8..<(8 + length)]))
    } catch {
      throw Problem(reason: "its header cannot be read")
    }
    guard entries.allSatisfy({ ($0.key == Self.metadataKey) == ($0.value.metadata != nil) }) else {
      throw Problem(reason: "its header cannot be read")
    }
    metadata = entries[Self.metadataKey]?.metadata ?? [:]
    tensors = entries.compactMapValues(\.tensor)
    let data = try Self.checkedSize(tensors)
    if let size, Int64(8 + length) + data != size {
      throw Problem(
        reason: "its header tells of \(Int64(8 + length) + data) bytes, and there are \(size)")
    }
  }

  /// Bytes of all tensors, which stand one behind the other without holes.
  private static func checkedSize(_ tensors: [String: Tensor]) throws(Problem) -> Int64 {
    var end: Int64 = 0
    for tensor in tensors.values.sorted(by: isBefore) {
      guard tensor.offsets.count == 2, tensor.offsets[0] == end, tensor.offsets[1] >= end,
        tensor.bytes.map({ $0 == tensor.offsets[1] - end }) ?? true
      else { throw Problem(reason: "the places of its tensors do not fit") }
      end = tensor.offsets[1]
    }
    return end
  }

  private static func isBefore(_ left: Tensor, _ right: Tensor) -> Bool {
    left.offsets.lexicographicallyPrecedes(right.offsets)
  }

  /// A tensor, or the free texts under `__metadata__`.
  private enum Entry: Decodable {
    case tensor(Tensor)
    case metadata([String: String])

    init(from decoder: any Decoder) throws {
      if let tensor = try? Tensor(from: decoder) {
        self = .tensor(tensor)
      } else {
        self = .metadata(try [String: String](from: decoder))
      }
    }

    var tensor: Tensor? {
      guard case .tensor(let tensor) = self else { return nil }
      return tensor
    }

    var metadata: [String: String]? {
      guard case .metadata(let metadata) = self else { return nil }
      return metadata
    }
  }
}

extension SafetensorsHeader.Tensor {
  /// Bytes that type and shape ask for; nil for a type that is not known here.
  var bytes: Int64? {
    guard let bits = Self.bits[type] else { return nil }
    var product = bits
    for side in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: side)
      guard side >= 0, !overflow else { return -1 }
      product = next
    }
    return product % 8 == 0 ? product / 8 : -1
  }

  private static let bits: [String: Int64] = [
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8,
    "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16,
    "I32": 32, "U32": 32, "F32": 32, "C64": 64, "F64": 64, "I64": 64, "U64": 64,
  ]
}

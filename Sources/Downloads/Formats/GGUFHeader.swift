/// The beginning of a GGUF file: its magic, counts and the first of its keys and values (ggml's
/// `docs/gguf.md`, versions 2 and 3, little-endian).
struct GGUFHeader {
  static let magic: [UInt8] = Array("GGUF".utf8)

  /// Texts under `general.`: `architecture`, `name`, `type`.
  private(set) var texts: [String: String] = [:]
  /// `general.file_type`, the kind of quantization.
  private(set) var fileType: UInt32?

  /// Nil when the bytes are no GGUF. Keys beyond them are unknown.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes)
    guard bytes.starts(with: Self.magic) else { return nil }
    reader.skip(4)
    guard let version = reader.integer(4), (2...3).contains(version), reader.integer(8) != nil,
      let count = reader.integer(8)
    else { return nil }
    for _ in 0..<min(count, 10_000) {
      guard let key = reader.text(longest: 1 << 16), let type = reader.integer(4),
        read(key, type, &reader)
      else { return }
    }
  }

  /// - Returns: false when the bytes end or make no sense; nothing behind that is read.
  private mutating func read(_ key: String, _ type: UInt64, _ reader: inout Reader) -> Bool {
    guard type == Self.string || type == Self.array else {
      guard let size = Self.sizes[type], let value = reader.integer(size) else { return false }
      if key == "general.file_type" { fileType = UInt32(truncatingIfNeeded: value) }
      return true
    }
    if type == Self.string {
      guard let text = reader.text(longest: 1 << 20) else { return false }
      if key.hasPrefix("general.") { texts[String(key.dropFirst(8))] = text }
      return true
    }
    guard let element = reader.integer(4), let count = reader.integer(8) else { return false }
    if let size = Self.sizes[element] {
      let (length, overflow) = count.multipliedReportingOverflow(by: UInt64(size))
      return !overflow && reader.skip(length)
    }
    guard element == Self.string else { return false }
    for _ in 0..<count where reader.text(longest: 1 << 20) == nil { return false }
    return true
  }

  private static let string: UInt64 = 8
  private static let array: UInt64 = 9
  /// Bytes of the plain value types, by their number.
  private static let sizes: [UInt64: Int] = [
    0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8,
  ]

  /// Reads forward; whatever lies beyond the bytes is nil.
  private struct Reader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    @discardableResult
    mutating func skip(_ count: UInt64) -> Bool {
      guard count <= UInt64(bytes.count - place) else { return false }
      place += Int(count)
      return true
    }

    mutating func integer(_ size: Int) -> UInt64? {
      guard size <= bytes.count - place else { return nil }
      defer { place += size }
      return bytes[place..<(place + size)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text(longest: Int) -> String? {
      guard let length = integer(8), length <= UInt64(longest),
        length <= UInt64(bytes.count - place)
      else { return nil }
      defer { place += Int(length) }
      return String(decoding: bytes[place..<(place + Int(length))], as: UTF8.self)
    }
  }
}

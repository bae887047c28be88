import Foundation

/// Picture files made for tests.
enum TestPictures {
  /// A PNG of 8 bits a sample; rows of red, green and blue.
  static func png(_ rows: [[UInt8]]) -> [UInt8] {
    let data = rows.flatMap { row -> [UInt8] in [0] + row }
    return png(width: rows[0].count / 3, height: rows.count, data: stored(data))
  }

  /// A PNG with any extent whose data is as given.
  static func png(
    width: Int, height: Int, bitDepth: UInt8 = 8, colorType: UInt8 = 2, data: [UInt8]
  ) -> [UInt8] {
    signature
      + chunk("IHDR", big(width) + big(height) + [bitDepth, colorType, 0, 0, 0])
      + chunk("IDAT", data) + chunk("IEND", [])
  }

  /// Bytes of 0 as zlib packs them best: about one for each 160.
  static func zeros(_ count: Int) -> [UInt8] {
    var bits = Bits()
    bits.append(1, count: 1)
    bits.append(1, count: 2)
    bits.appendCode(0x30, count: 8)
    let runs = (count - 1) / 258
    for _ in 0..<runs {
      bits.appendCode(0xC5, count: 8)
      bits.appendCode(0, count: 5)
    }
    for _ in 0..<(count - 1 - runs * 258) { bits.appendCode(0x30, count: 8) }
    bits.appendCode(0, count: 7)
    return [0x78, 0x01] + bits.bytes + big((count % 65521) << 16 | 1)
  }

  static let jpeg = decoded(
    """
    /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVG
    ZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8
    fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAEAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI
    CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRol
    JicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ip
    qrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAA
    AAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLR
    ChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaX
    mJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEA
    PwDBvP4Pxooor6DLP91h8/zZtmH+8y+X5I//2Q==
    """)

  static let webP = decoded(
    """
    UklGRlAAAABXRUJQVlA4IEQAAAAQAgCdASoIAAQAAsBMJagCdHIAq//cAAXAAP7yO/wwf7f9rD9r/FO4i//9aH+d/inc
    Rf89D/wa/bylI3N/cP28pRrgAA==
    """)

  static let losslessWebP = decoded(
    "UklGRh4AAABXRUJQVlA4TBIAAAAvB8AAAA8Q87//8x8O+hDR/wA=")

  static let gif = decoded("R0lGODdhCAAEAIAAAAQC/PwCBCwAAAAACAAEAAACCIwDCYfKug4sADs=")

  /// The first bytes of a JPEG of such an extent.
  static func jpegHeader(width: Int, height: Int) -> [UInt8] {
    [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8] + big(height).suffix(2) + big(width).suffix(2)
      + [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]
  }

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static func decoded(_ text: String) -> [UInt8] {
    Array(Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data())
  }

  private static func big(_ number: Int) -> [UInt8] {
    (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(kind.utf8) + data
    return big(data.count) + body + big(Int(checksum(body)))
  }

  /// CRC-32 (PNG, annex D).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
      }
    }
  }

  /// Packed by zlib's rules without being made smaller: at most 65535 bytes.
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    let (low, high) = (UInt8(data.count & 0xFF), UInt8(data.count >> 8))
    var (one, two) = (1, 0)
    for byte in data {
      one = (one + Int(byte)) % 65521
      two = (two + one) % 65521
    }
    return [0x78, 0x01, 1, low, high, ~low, ~high] + data + big(two << 16 | one)
  }

  /// Bits as deflate packs them: from the lowest of each byte on.
  private struct Bits {
    var bytes: [UInt8] = []
    private var count = 0

    mutating func append(_ value: Int, count: Int) {
      for bit in 0..<count { append(value >> bit & 1 == 1) }
    }

    /// A Huffman code, whose highest bit comes first.
    mutating func appendCode(_ code: Int, count: Int) {
      for bit in (0..<count).reversed() { append(code >> bit & 1 == 1) }
    }

    private mutating func append(_ bit: Bool) {
      if count % 8 == 0 { bytes.append(0) }
      if bit { bytes[count / 8] |= 1 << UInt8(count % 8) }
      count += 1
    }
  }
}

/// What a picture file says of itself before its pixels: the format and the extent.
///
/// It is read here, before a decoder sees the file, so that none gets a format it was not asked for or
/// reserves memory for pixels that nobody could look at.
struct ImageHeader: Equatable {
  enum Format: Equatable { case png, jpeg, webP }

  let format: Format
  /// In pixels, 1 or more; with `height` at most `mostPixels` in all.
  let width: Int
  let height: Int

  /// A screen of 8K has more; a decoder needs up to sixteen bytes for each.
  static let mostPixels = 25_000_000

  init(_ bytes: [UInt8]) throws(PictureError) {
    let reader = ImageBytes(bytes)
    if reader.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      try self.init(.png, reader.pngExtent)
    } else if reader.starts(with: [0xFF, 0xD8, 0xFF]) {
      try self.init(.jpeg, reader.jpegExtent)
    } else if reader.has("RIFF", at: 0), reader.has("WEBP", at: 8) {
      try self.init(.webP, reader.webPExtent)
    } else {
      throw .notAPicture
    }
  }

  private init(_ format: Format, _ extent: (width: Int, height: Int)?) throws(PictureError) {
    guard let (width, height) = extent, width > 0, height > 0 else { throw .damaged }
    guard width <= Self.mostPixels / height else { throw .tooLarge }
    self.format = format
    self.width = width
    self.height = height
  }
}

/// Bytes read by position; whatever lies beyond the end is nil.
private struct ImageBytes {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func starts(with prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

  func has(_ text: String, at position: Int) -> Bool {
    bytes.dropFirst(position).starts(with: text.utf8)
  }

  private func big(_ position: Int, count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    return bytes[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
  }

  private func little(_ position: Int, count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    return bytes[position..<(position + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The first chunk must be the header (PNG, 5.6).
  var pngExtent: (width: Int, height: Int)? {
    guard has("IHDR", at: 12), let width = big(16, count: 4), let height = big(20, count: 4) else {
      return nil
    }
    return (width, height)
  }

  /// In the frame header, which may come after any number of other segments (ITU T.81, B.2.2).
  var jpegExtent: (width: Int, height: Int)? {
    var position = 2
    while let mark = big(position, count: 1), mark == 0xFF, let kind = big(position + 1, count: 1) {
      switch kind {
      case 0xFF: position += 1
      case 0x01, 0xD0...0xD7: position += 2
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
        guard let height = big(position + 5, count: 2), let width = big(position + 7, count: 2)
        else { return nil }
        return (width, height)
      default:
        guard let length = big(position + 2, count: 2), length >= 2 else { return nil }
        position += 2 + length
      }
    }
    return nil
  }

  /// The three kinds of first chunk (RFC 9649, sections 2.5 to 2.7).
  var webPExtent: (width: Int, height: Int)? {
    if has("VP8X", at: 12), let width = little(24, count: 3), let height = little(27, count: 3) {
      return (width + 1, height + 1)
    }
    if has("VP8L", at: 12), let bits = little(21, count: 4) {
      return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    }
    if has("VP8 ", at: 12), let width = little(26, count: 2), let height = little(28, count: 2) {
      return (width & 0x3FFF, height & 0x3FFF)
    }
    return nil
  }
}

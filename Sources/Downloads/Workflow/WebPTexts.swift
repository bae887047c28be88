/// The texts in the EXIF data of a WebP file: ComfyUI writes `workflow:{…}` and `prompt:{…}` into tags
/// that are made for a camera's name.
enum WebPTexts {
  static func begins(_ file: [UInt8]) -> Bool {
    file.starts(with: "RIFF".utf8) && file.dropFirst(8).starts(with: "WEBP".utf8)
  }

  static func all(in file: [UInt8]) -> PictureTexts {
    var texts = PictureTexts()
    var rest = file.dropFirst(12)
    while rest.count >= 8 {
      let length = Int(rest.dropFirst(4).littleEndian(UInt32.self))
      let data = rest.dropFirst(8)
      guard length <= data.count else { break }
      if rest.starts(with: "EXIF".utf8) { read(data.prefix(length), into: &texts) }
      rest = data.dropFirst(length).dropFirst(length % 2)
    }
    return texts
  }

  /// Reads the first directory of TIFF data, which some writers put behind JPEG's mark.
  private static func read(_ data: ArraySlice<UInt8>, into texts: inout PictureTexts) {
    let mark = Array("Exif\0\0".utf8)
    let tiff = data.starts(with: mark) ? data.dropFirst(mark.count) : data
    let isLittle = tiff.starts(with: "II".utf8)
    guard isLittle || tiff.starts(with: "MM".utf8) else { return }
    func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Int {
      let place = tiff.dropFirst(offset)
      return Int(isLittle ? place.littleEndian(type) : place.bigEndian(type))
    }
    let directory = number(UInt32.self, at: 4)
    for index in 0..<number(UInt16.self, at: directory) {
      let entry = directory + 2 + 12 * index
      guard entry + 12 <= tiff.count else { break }
      let length = number(UInt32.self, at: entry + 4)
      // ASCII; what fits into four bytes stands in the entry itself and holds no workflow.
      guard number(UInt16.self, at: entry + 2) == 2, length > 4 else { continue }
      take(tiff.dropFirst(number(UInt32.self, at: entry + 8)).prefix(length), into: &texts)
    }
  }

  private static func take(_ text: ArraySlice<UInt8>, into texts: inout PictureTexts) {
    let start = text.prefix(PictureTexts.longestKeyword + 1)
    guard let colon = start.firstIndex(of: UInt8(ascii: ":")) else { return }
    texts.take(text[(colon + 1)...], named: text[..<colon])
  }
}

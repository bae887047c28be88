/// The JSON of a workflow, found in whatever file it comes in.
enum WorkflowText {
  /// Bytes of the JSON; the largest that people share have a few million.
  static let longest = 16 << 20

  /// The bytes of the JSON, which nobody has looked at yet.
  static func find(in file: [UInt8]) throws(WorkflowProblem) -> [UInt8] {
    let text: [UInt8]
    if file.starts(with: PNGTexts.signature) {
      text = try chosen(from: PNGTexts.all(in: file), of: "PNG")
    } else if WebPTexts.begins(file) {
      text = try chosen(from: WebPTexts.all(in: file), of: "WebP")
    } else {
      text = try plain(file)
    }
    guard text.count <= longest else { throw .tooLarge }
    return text
  }

  /// The workflow, or the prompt, which says less, where there is no workflow.
  private static func chosen(
    from texts: PictureTexts, of kind: String
  ) throws(WorkflowProblem) -> [UInt8] {
    // Texts in EXIF data end with zeros.
    if let text = texts.workflow ?? texts.prompt {
      return Array(text[..<((text.lastIndex { $0 != 0 } ?? text.startIndex - 1) + 1)])
    }
    if texts.isCompressed { throw .compressed }
    throw texts.hasForeignParameters ? .foreignPicture : .pictureWithout(kind)
  }

  private static func plain(_ file: [UInt8]) throws(WorkflowProblem) -> [UInt8] {
    if let known = signatures.first(where: { file.dropFirst($0.place).starts(with: $0.bytes) }) {
      throw .other(known.name)
    }
    if SafetensorsHeader.begins(file) { throw .other("a safetensors file") }
    guard file.count <= longest else { throw .tooLarge }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let file = file.starts(with: byteOrderMark) ? Array(file.dropFirst(3)) : file
    guard let first = file.first(where: { !" \t\r\n".utf8.contains($0) }) else { throw .empty }
    if first == UInt8(ascii: "<") { throw .other("a web page") }
    if file.prefix(1024).contains(0) { throw .other("no text") }
    return file
  }

  private struct Signature {
    let name: String
    let bytes: [UInt8]
    let place: Int

    init(_ name: String, _ bytes: [UInt8], at place: Int = 0) {
      self.name = name
      self.bytes = bytes
      self.place = place
    }
  }

  private static let signatures = [
    Signature("a JPEG picture", [0xFF, 0xD8, 0xFF]),
    Signature("a GIF picture", Array("GIF8".utf8)),
    Signature("an AVIF picture", Array("ftypavif".utf8), at: 4),
    Signature("a video", Array("ftyp".utf8), at: 4),
    Signature("a video", [0x1A, 0x45, 0xDF, 0xA3]),
    Signature("a zip archive", [0x50, 0x4B, 0x03, 0x04]),
    Signature("a gzip archive", [0x1F, 0x8B]),
    Signature("a PDF document", Array("%PDF".utf8)),
    Signature("a GGUF file", Array("GGUF".utf8)),
  ]
}

/// What ComfyUI has written into a picture.
struct PictureTexts {
  var workflow: ArraySlice<UInt8>?
  var prompt: ArraySlice<UInt8>?
  /// Whether one of them was there, but compressed.
  var isCompressed = false
  /// Whether there are the parameters that Automatic1111 writes.
  var hasForeignParameters = false

  /// Takes a text by its keyword in any case: some nodes write `Workflow`. The last counts, as in
  /// ComfyUI.
  mutating func take(_ text: ArraySlice<UInt8>, named keyword: ArraySlice<UInt8>) {
    switch Self.name(keyword) {
    case "workflow": workflow = text
    case "prompt": prompt = text
    case "parameters": hasForeignParameters = true
    default: break
    }
  }

  mutating func takeCompressed(named keyword: ArraySlice<UInt8>) {
    switch Self.name(keyword) {
    case "workflow", "prompt": isCompressed = true
    case "parameters": hasForeignParameters = true
    default: break
    }
  }

  private static func name(_ keyword: ArraySlice<UInt8>) -> String {
    String(decoding: keyword.prefix(longestKeyword), as: UTF8.self).lowercased()
  }

  /// Bytes (PNG, 11.3.4.2).
  static let longestKeyword = 79
}

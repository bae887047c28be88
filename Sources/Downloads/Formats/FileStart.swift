import Foundation

/// The first bytes of a file, and whether they can be what its name says.
///
/// A login page, an error or a pointer that was saved under the name of a model is the classic broken
/// download: it is recognised here before the rest is fetched.
public struct FileStart: Sendable {
  /// How many bytes of a file are looked at: most headers fit.
  public static let length = 256 << 10
  /// The longest header that is read as a whole, in bytes.
  public static let longestHeader = SafetensorsHeader.longestParsed + 8

  private let bytes: [UInt8]
  /// Of the whole file, in bytes; nil where the source does not tell.
  private let size: Int64?

  public init(_ bytes: [UInt8], size: Int64?) {
    self.bytes = bytes
    self.size = size
  }

  /// What the header tells of the model; nil for a format without one, or one that is longer than what
  /// was read.
  ///
  /// - Throws: a failure with code `FORMAT_NOT_ALLOWED` when the bytes cannot be such a file.
  public func header(named name: String) throws(DownloadFailure) -> ModelHeader? {
    let format = FileFormat(name: name)
    if format.isModel, let kind = disguise {
      throw Self.failure("\(name) is \(kind), not a model.")
    }
    switch format {
    case .safetensors: return try safetensors(name)
    case .gguf: return try gguf(name)
    default: return nil
    }
  }

  /// Bytes from the start that the whole header takes; nil where that is not known or not needed.
  public var headerLength: Int? {
    SafetensorsHeader.length(bytes).flatMap { $0 <= SafetensorsHeader.longestParsed ? $0 + 8 : nil }
  }

  private func safetensors(_ name: String) throws(DownloadFailure) -> ModelHeader? {
    if isPickle, !SafetensorsHeader.begins(bytes) {
      throw Self.failure("\(name) is a pickle under the name of a safetensors file.")
    }
    do {
      return try SafetensorsHeader(bytes, size: size).map { ModelHeader($0) }
    } catch {
      throw Self.failure("\(name) is no safetensors file: \(error.reason).")
    }
  }

  private func gguf(_ name: String) throws(DownloadFailure) -> ModelHeader? {
    guard bytes.count < 4 || bytes.starts(with: GGUFHeader.magic) else {
      throw Self.failure("\(name) is no GGUF file.")
    }
    return GGUFHeader(bytes).map { ModelHeader($0) }
  }

  /// What stands in place of a model; nil when nothing tells.
  private var disguise: String? {
    let text = bytes.prefix(512).drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if text.starts(with: "version https://git-lfs".utf8) { return "a pointer of Git LFS" }
    if text.first == UInt8(ascii: "<"), isText(text) { return "a web page" }
    if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "["), isText(text) {
      return "an error message"
    }
    return size == 0 ? "empty" : nil
  }

  /// The length of a safetensors header may happen to begin with any byte, but zeros follow it.
  private func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && !bytes.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) }
  }

  /// A zip archive, as PyTorch writes them, or a bare pickle of protocol 2 to 5. The length of a header
  /// may happen to look so too.
  private var isPickle: Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
      || (bytes.count > 2 && bytes[0] == 0x80 && (2...5).contains(bytes[1]))
  }

  private static func failure(_ message: String) -> DownloadFailure {
    DownloadFailure(
      code: "FORMAT_NOT_ALLOWED", message: PlainText.sanitized(message),
      hint: "Nothing of it was kept. Open the link in a browser and look what is there.")
  }
}

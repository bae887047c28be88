import Foundation

/// A text that is looked for, without regard to case.
struct Needle: Sendable, Equatable {
  private let bytes: [UInt8]

  init(_ text: some StringProtocol) { bytes = Array(text.lowercased().utf8) }

  var isEmpty: Bool { bytes.isEmpty }

  /// - Parameter text: in lower case, UTF-8.
  func isIn(_ text: [UInt8]) -> Bool {
    text.withUnsafeBytes { text in bytes.withUnsafeBytes { Self.find($0, in: text) } }
  }

  func isIn(_ text: String) -> Bool { isIn(Array(text.lowercased().utf8)) }

  func equals(_ text: String) -> Bool { text.lowercased().utf8.elementsEqual(bytes) }

  private static func find(
    _ needle: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer
  ) -> Bool {
    guard let wanted = needle.baseAddress, let start = text.baseAddress, !needle.isEmpty else {
      return needle.isEmpty
    }
    var offset = 0
    while text.count - offset >= needle.count,
      let hit = memchr(start + offset, Int32(needle[0]), text.count - offset - needle.count + 1)
    {
      if memcmp(hit, wanted, needle.count) == 0 { return true }
      offset = UnsafeRawPointer(hit) - start + 1
    }
    return false
  }
}

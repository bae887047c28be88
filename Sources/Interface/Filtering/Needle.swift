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

  func isIn(_ text: String) -> Bool {
    let answer = text.utf8.withContiguousStorageIfAvailable(isInASCII).flatMap(\.self)
    return answer ?? isIn(Array(text.lowercased().utf8))
  }

  /// Most texts are ASCII, whose case can be passed over without making another text; nil for others.
  private func isInASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
    guard bytes.count <= text.count else { return false }
    return (0...(text.count - bytes.count)).contains { start in
      bytes.indices.allSatisfy { Self.lowercased(text[start + $0]) == bytes[$0] }
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Columns of a drawn text in which it stands.
  func columns(in text: String) -> [Range<Int>] {
    guard !bytes.isEmpty else { return [] }
    var lowercased: [UInt8] = []
    // For each byte the columns of the cell it belongs to.
    var cells: [Range<Int>] = []
    var column = 0
    for cluster in TextWidth.clusters(of: text) {
      let cell = Array(cluster.text.lowercased().utf8)
      lowercased += cell
      cells += Array(repeating: column..<column + cluster.width, count: cell.count)
      column += cluster.width
    }
    var found: [Range<Int>] = []
    var start = 0
    while start + bytes.count <= lowercased.count {
      let end = start + bytes.count
      guard lowercased[start..<end].elementsEqual(bytes) else {
        start += 1
        continue
      }
      found.append(cells[start].lowerBound..<cells[end - 1].upperBound)
      start = end
    }
    return found
  }

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

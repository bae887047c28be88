import Foundation

/// Reads `multipart/form-data` as it arrives, in pieces cut anywhere (RFC 7578; RFC 2046, section 5.1).
///
/// A value without I/O: bytes go in, events come out. It holds back no more than the headers of one
/// part or the length of a delimiter.
struct MultipartParser {
  enum Event: Equatable {
    case part(MultipartHead)
    /// Some of the content of the part; never empty.
    case content(ArraySlice<UInt8>)
    case partEnd
  }

  private enum State {
    /// Before the first delimiter; passed over.
    case preamble
    /// Behind a delimiter, on its line.
    case delimiterLine
    case head
    /// At the first byte of a part, where the delimiter may follow without a line end of its own.
    case contentStart
    case content
    /// Behind the final delimiter; passed over.
    case epilogue
  }

  static let mostParts = 64
  static let largestHead = 8 << 10
  /// Blanks that may follow a delimiter on its line.
  private static let mostPadding = 256
  private static let lineEnd: [UInt8] = [13, 10]

  /// A line end, two hyphens and the boundary.
  private let delimiter: [UInt8]
  private var state = State.preamble
  /// Bytes that no event has told yet. The first delimiter may stand at the very beginning, so it is
  /// given the line end that others have before them.
  private var buffer: [UInt8] = Self.lineEnd
  /// Where the untold bytes begin.
  private var start = 0
  private var parts = 0

  /// Nil for what cannot be a boundary (RFC 2046, section 5.1.1).
  init?(boundary: String) {
    let others = Set("'()+_,-./:=? ".utf8)
    guard (1...70).contains(boundary.utf8.count), boundary.last != " ",
      boundary.utf8.allSatisfy({ byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || others.contains(byte)
      })
    else { return nil }
    delimiter = Self.lineEnd + Array("--".utf8) + Array(boundary.utf8)
  }

  /// Takes the next bytes and returns what they bring.
  mutating func feed(_ bytes: some Sequence<UInt8>) throws(MultipartError) -> [Event] {
    guard state != .epilogue else { return [] }
    buffer.removeFirst(start)
    start = 0
    buffer += bytes
    var events: [Event] = []
    while try step(&events) {}
    return events
  }

  /// - Throws: when the final delimiter has not come.
  func finish() throws(MultipartError) {
    guard state == .epilogue else {
      throw MultipartError("The form ends before its final boundary.")
    }
  }

  /// Does one thing; false when more bytes are needed for the next.
  private mutating func step(_ events: inout [Event]) throws(MultipartError) -> Bool {
    switch state {
    case .preamble: return skipPreamble()
    case .delimiterLine: return try readDelimiterLine()
    case .head: return try readHead(&events)
    case .contentStart: return beginContent(&events)
    case .content: return readContent(&events)
    case .epilogue: return false
    }
  }

  private mutating func skipPreamble() -> Bool {
    guard let found = find(delimiter) else {
      start = undecided
      return false
    }
    enter(.delimiterLine, at: found + delimiter.count)
    return true
  }

  private mutating func readDelimiterLine() throws(MultipartError) -> Bool {
    let line = buffer[start...]
    guard line.count >= 2 else { return false }
    if line.starts(with: Array("--".utf8)) {
      state = .epilogue
      buffer = []
      start = 0
      return false
    }
    let padding = line.prefix { $0 == 0x20 || $0 == 0x09 }
    let rest = line[padding.endIndex...]
    guard padding.count <= Self.mostPadding, Self.lineEnd.starts(with: rest.prefix(2)) else {
      throw MultipartError("A boundary is not alone on its line.")
    }
    guard rest.count >= 2 else { return false }
    parts += 1
    guard parts <= Self.mostParts else { throw MultipartError("The form has too many parts.") }
    enter(.head, at: rest.startIndex + 2)
    return true
  }

  private mutating func readHead(_ events: inout [Event]) throws(MultipartError) -> Bool {
    guard !buffer[start...].starts(with: Self.lineEnd) else {
      throw MultipartError("A part has no headers.")
    }
    guard let end = find(Self.lineEnd + Self.lineEnd) else {
      guard buffer.count - start <= Self.largestHead else { throw Self.longHead }
      return false
    }
    guard end - start <= Self.largestHead else { throw Self.longHead }
    events.append(.part(try MultipartHead(lines: buffer[start..<end])))
    enter(.contentStart, at: end + 4)
    return true
  }

  private mutating func beginContent(_ events: inout [Event]) -> Bool {
    let dashes = delimiter.dropFirst(Self.lineEnd.count)
    let content = buffer[start...]
    if content.starts(with: dashes) {
      events.append(.partEnd)
      enter(.delimiterLine, at: start + dashes.count)
      return true
    }
    if content.count < dashes.count, dashes.starts(with: content) { return false }
    state = .content
    return true
  }

  private mutating func readContent(_ events: inout [Event]) -> Bool {
    let found = find(delimiter)
    let end = found ?? undecided
    if end > start { events.append(.content(buffer[start..<end])) }
    guard let found else {
      start = end
      return false
    }
    events.append(.partEnd)
    enter(.delimiterLine, at: found + delimiter.count)
    return true
  }

  private mutating func enter(_ next: State, at position: Int) {
    state = next
    start = position
  }

  /// The first byte that may be the beginning of a delimiter whose end has not come.
  private var undecided: Int { max(start, buffer.count - (delimiter.count - 1)) }

  /// Where a pattern stands in the untold bytes. Leaves the search for its first byte to the
  /// system, which is many times faster: whole models go through here.
  private func find(_ pattern: [UInt8]) -> Int? {
    buffer.withUnsafeBytes { bytes in
      var position = start
      while bytes.count - position >= pattern.count, let base = bytes.baseAddress {
        let candidates = bytes.count - position - pattern.count + 1
        guard let hit = memchr(base + position, Int32(pattern[0]), candidates) else { return nil }
        position = UnsafeRawPointer(hit) - base
        if memcmp(hit, pattern, pattern.count) == 0 { return position }
        position += 1
      }
      return nil
    }
  }

  private static let longHead = MultipartError("The headers of a part are too long.")
}

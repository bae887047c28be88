import Foundation

/// Writes JSON as `WireFormat` does, member by member, for the few values that are asked for so often
/// that the time of an encoder counts.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// Whether the next member or element has one before it.
  private var needsComma = false

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func object(_ members: (inout JSONWriter) -> Void) {
    open("{")
    members(&self)
    close("}")
  }

  mutating func array<Element>(
    _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    open("[")
    for element in elements { write(element, &self) }
    close("]")
  }

  /// The name of the member whose value is written next: plain ASCII without quotes. An encoder
  /// that sorts its keys is matched when members are written in the order of their names.
  mutating func name(_ name: StaticString) {
    separate()
    append("\"")
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    append("\"")
    append(":")
    needsComma = false
  }

  mutating func string(_ text: String) {
    separate()
    append("\"")
    var text = text
    text.withUTF8 { utf8 in
      if utf8.contains(where: Self.needsEscape) {
        for byte in utf8 { appendEscaped(byte) }
      } else {
        bytes.append(contentsOf: utf8)
      }
    }
    append("\"")
  }

  mutating func integer(_ number: some BinaryInteger) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  mutating func boolean(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  mutating func date(_ date: Date) {
    guard let time = AsciiTime(date) else { return string(Timestamp.text(from: date)) }
    separate()
    append("\"")
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: AsciiTime.length) { buffer in
      time.write(to: buffer)
      bytes.append(contentsOf: buffer)
    }
    append("\"")
  }

  // MARK: Bytes

  private mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: Unicode.Scalar) {
    append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { append(",") }
    needsComma = true
  }

  private mutating func append(_ character: Unicode.Scalar) {
    bytes.append(UInt8(ascii: character))
  }

  /// Quotes, backslashes and control characters (RFC 8259, section 7).
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    guard Self.needsEscape(byte) else { return bytes.append(byte) }
    append("\\")
    switch byte {
    case 0x08: append("b")
    case 0x09: append("t")
    case 0x0A: append("n")
    case 0x0C: append("f")
    case 0x0D: append("r")
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    default:
      bytes.append(contentsOf: (byte < 0x10 ? "u000" : "u00").utf8)
      bytes.append(contentsOf: String(byte, radix: 16).utf8)
    }
  }
}

/// A value that writes the JSON which an encoder would make of it, only faster.
protocol DirectlyWritten {
  func write(to json: inout JSONWriter)
}

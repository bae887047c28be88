/// Reads the message that comes most, hundreds of times a second while much is under way, for a small
/// part of what a decoder costs.
///
/// It takes only the plain form: ASCII without escapes, numbers without exponents, the members of a
/// download under way, each once. Whatever is different is nil here, and for the decoder to judge.
struct PlainProgressReader {
  private let bytes: [UInt8]
  private var place = 0

  static func message(in bytes: some Sequence<UInt8>) -> AssetDownloadMessage? {
    var reader = PlainProgressReader(bytes: Array(bytes))
    return reader.message()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func message() -> AssetDownloadMessage? {
    var type: String?
    var progress: AssetDownloadMessage?
    let isRead = readMembers { reader, name in
      switch name {
      case "type" where type == nil: type = reader.string()
      case "data" where progress == nil: progress = reader.progress()
      default: return false
      }
      return true
    }
    guard isRead, isAtEnd(), type == "asset_download" else { return nil }
    return progress
  }

  private mutating func progress() -> AssetDownloadMessage? {
    var (task, name, status): (String?, String?, String?)
    var (total, downloaded): (Int64?, Int64?)
    var fraction: Double?
    let isRead = readMembers { reader, member in
      switch member {
      case "task_id" where task == nil: task = reader.string()
      case "asset_name" where name == nil: name = reader.string()
      case "status" where status == nil: status = reader.string()
      case "bytes_total" where total == nil: total = reader.integer()
      case "bytes_downloaded" where downloaded == nil: downloaded = reader.integer()
      case "progress" where fraction == nil: fraction = reader.decimal()
      default: return false
      }
      return true
    }
    guard isRead, let task, let name, let status, let total, let downloaded, let fraction else {
      return nil
    }
    return AssetDownloadMessage(
      taskID: task, assetName: name, bytesTotal: total, bytesDownloaded: downloaded,
      progress: fraction, status: TaskStatus(rawValue: status))
  }

  /// Reads an object with at least one member.
  ///
  /// - Parameter readValue: reads the value of the member that it is told; false ends the reading.
  private mutating func readMembers(_ readValue: (inout Self, String) -> Bool) -> Bool {
    guard take("{") else { return false }
    repeat {
      guard let name = string(), take(":"), readValue(&self, name) else { return false }
    } while take(",")
    return take("}")
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    let text = run(while: Self.isPlain)
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    place += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func integer() -> Int64? {
    let text = number()
    guard let value = Int64(text), String(value) == text else { return nil }
    return value
  }

  /// Swift's own reading is more generous than JSON: no zeros may lead, and digits stand on both sides
  /// of the point.
  private mutating func decimal() -> Double? {
    let text = number()
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = Int64(parts[0]), String(whole) == parts[0], parts.count < 3,
      parts.dropFirst().allSatisfy({ !$0.isEmpty && !$0.contains("-") })
    else { return nil }
    return Double(text)
  }

  private mutating func number() -> String {
    skipSpace()
    return String(decoding: run(while: Self.isOfNumber), as: UTF8.self)
  }

  /// Stands in a string for itself.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func run(while isPart: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let text = bytes[place...].prefix(while: isPart)
    place = text.endIndex
    return text
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func isAtEnd() -> Bool {
    skipSpace()
    return place == bytes.count
  }

  private mutating func skipSpace() {
    while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
  }
}

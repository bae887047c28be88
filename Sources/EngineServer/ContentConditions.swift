import HTTPTypes

/// What a request's headers want of a file, by the order of RFC 9110, section 13.2.2.
struct ContentConditions {
  enum Answer: Equatable {
    case bytes(Range<Int64>, isPart: Bool)
    case notModified
    case changed
    case noSuchRange
  }

  /// The strong entity tag of the file.
  let tag: String
  let answer: Answer

  /// - Parameters:
  ///   - size: of the file, in bytes.
  ///   - hash: of its content.
  init(_ headers: HTTPFields, size: Int64, hash: String) {
    let tag = "\"\(hash)\""
    self.tag = tag
    let whole = Answer.bytes(0..<size, isPart: false)
    if let wanted = headers[.ifMatch], !Self.list(wanted, holds: tag) {
      answer = .changed
    } else if let known = headers[.ifNoneMatch], Self.list(known, holds: tag, weakly: true) {
      answer = .notModified
    } else if let range = headers[.range].flatMap(ByteRange.init),
      headers[.ifRange].map({ $0 == tag }) ?? true
    {
      answer = range.bytes(of: size).map { .bytes($0, isPart: true) } ?? .noSuchRange
    } else {
      answer = whole
    }
  }

  /// - Parameter weakly: takes `W/` tags too, by the comparison of section 8.8.3.2.
  private static func list(_ list: String, holds tag: String, weakly: Bool = false) -> Bool {
    list.split(separator: ",").contains { item in
      let item = item.drop { $0 == " " || $0 == "\t" }
      let trimmed = item.prefix { $0 != " " && $0 != "\t" }
      return trimmed == "*" || trimmed == tag || (weakly && trimmed == "W/" + tag)
    }
  }
}

/// One range of a `Range` header. Several are taken as none, which RFC 9110, section 14.2, allows.
struct ByteRange: Equatable {
  private let first: Int64?
  private let last: Int64?

  /// Nil for what is no single range of bytes.
  init?(_ header: String) {
    guard header.lowercased().hasPrefix("bytes=") else { return nil }
    let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.position(ends[0]), let last = Self.position(ends[1])
    else { return nil }
    self.first = first
    self.last = last
    guard first != nil || last != nil else { return nil }
    if let first, let last, last < first { return nil }
  }

  /// Inner nil for no digits, outer nil for something else. A number beyond all files is one.
  private static func position(_ text: Substring) -> Int64?? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return .some(text.isEmpty ? nil : Int64(text) ?? Int64.max)
  }

  /// The bytes meant of a file; nil when it has none of them.
  func bytes(of size: Int64) -> Range<Int64>? {
    if let first {
      guard first < size else { return nil }
      return first..<(min(last ?? size - 1, size - 1) + 1)
    }
    guard let last, last > 0, size > 0 else { return nil }
    return max(0, size - last)..<size
  }
}

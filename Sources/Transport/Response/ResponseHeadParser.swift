/// Reads the lines of a response's head, one at a time.
struct ResponseHeadParser {
  /// Bytes of all heads of one response, interim ones included.
  static let limit = 256 << 10

  enum Outcome: Equatable {
    case more
    case head(HTTPResponseHead)
    case tooLong
  }

  private let url: String
  private var status = 0
  private var headers = HTTPHeaders()
  private var size = 0
  private var isComplete = false

  init(url: String) {
    self.url = url
  }

  mutating func read(_ line: some Collection<UInt8>) -> Outcome {
    size += line.count
    guard size <= Self.limit else { return .tooLong }
    // What comes after the final head are trailers of a chunked body.
    guard !isComplete else { return .more }
    let text = Self.text(of: line)
    if text.hasPrefix("HTTP/") { return begin(text) }
    if line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) { return end() }
    readField(text)
    return .more
  }

  /// `HTTP/1.1 200 OK`; libcurl has refused anything else before it gets here.
  private mutating func begin(_ text: String) -> Outcome {
    let words = text.split(separator: " ", maxSplits: 2)
    status = words.count > 1 ? Int(words[1]) ?? 0 : 0
    headers = HTTPHeaders()
    return .more
  }

  private mutating func end() -> Outcome {
    guard !(100..<200).contains(status) else { return .more }
    isComplete = true
    return .head(HTTPResponseHead(status: status, headers: headers, url: url))
  }

  private mutating func readField(_ text: String) {
    if text.hasPrefix(" ") || text.hasPrefix("\t") {
      // An old way to break a long value (obs-fold, RFC 9112, section 5.2).
      headers.continueLast(with: String(text.trimmed))
      return
    }
    guard let colon = text.firstIndex(of: ":") else { return }
    let name = text[..<colon].trimmed
    guard !name.isEmpty else { return }
    headers.append(String(name), String(text[text.index(after: colon)...].trimmed))
  }

  private static func text(of line: some Collection<UInt8>) -> String {
    String(decoding: line.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }, as: UTF8.self)
  }
}

extension StringProtocol {
  fileprivate var trimmed: SubSequence {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return self[endIndex...] }
    return self[first...last]
  }
}

import Downloads
import Foundation

/// When a signed link runs out, as its query says.
enum LinkExpiry {
  /// `Expires` in Unix seconds (CloudFront), else `X-Amz-Date` plus `X-Amz-Expires` (AWS
  /// Signature 4); nil for a link that does not say.
  static func date(of url: HTTPURL) -> Date? {
    let items = Dictionary(url.queryItems) { first, _ in first }
    if let seconds = items["Expires"].flatMap(Double.init), seconds > 0 {
      return Date(timeIntervalSince1970: seconds)
    }
    guard let start = items["X-Amz-Date"].flatMap(amazonDate),
      let lifetime = items["X-Amz-Expires"].flatMap(Double.init)
    else { return nil }
    return start.addingTimeInterval(lifetime)
  }

  /// Reads `20260130T120000Z`.
  private static func amazonDate(_ text: String) -> Date? {
    let digits = text.utf8.filter { (0x30...0x39).contains($0) }.map { Int($0) - 0x30 }
    guard text.utf8.count == 16, digits.count == 14 else { return nil }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
    var parts = DateComponents()
    parts.timeZone = .gmt
    parts.year = number(0..<4)
    parts.month = number(4..<6)
    parts.day = number(6..<8)
    parts.hour = number(8..<10)
    parts.minute = number(10..<12)
    parts.second = number(12..<14)
    return Calendar(identifier: .gregorian).date(from: parts)
  }
}

import Foundation

/// Secrets that people's links carry, such as Civitai's `?token=`.
public enum LinkToken {
  /// The link without its secrets, and whether there were any. A user and password before the host are
  /// secrets too: some programs take tokens there.
  public static func removed(from link: String) -> (link: String, hadToken: Bool) {
    guard let user = userPart(of: link) else { return removedFromQuery(of: link) }
    return (removedFromQuery(of: link.replacingCharacters(in: user, with: "")).link, true)
  }

  private static func removedFromQuery(of link: String) -> (link: String, hadToken: Bool) {
    guard let mark = link.firstIndex(of: "?") else { return (link, false) }
    let items = link[link.index(after: mark)...]
      .split(separator: "&", omittingEmptySubsequences: false)
    let kept = items.filter { !isSecret($0) }
    guard kept.count < items.count else { return (link, false) }
    let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
    return (link[..<mark] + query, true)
  }

  /// What stands between the scheme and the host, with its `@`; nil where there is nothing.
  private static func userPart(of link: String) -> Range<String.Index>? {
    // Lists of thousands are read, and next to none of their links has one.
    guard link.utf8.contains(UInt8(ascii: "@")),
      let start = link.range(of: "https?://", options: [.regularExpression, .caseInsensitive])?
        .upperBound
    else { return nil }
    let authority = link[start...].prefix { !"/?#".contains($0) && !$0.isWhitespace }
    guard let mark = authority.lastIndex(of: "@") else { return nil }
    return start..<link.index(after: mark)
  }

  /// The same for each line of a text.
  public static func removed(fromLinesOf text: String) -> (text: String, hadToken: Bool) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { removed(from: String($0)) }
    return (lines.map(\.link).joined(separator: "\n"), lines.contains { $0.hadToken })
  }

  /// The link with each character of a secret's value replaced, as long as before: what is shown
  /// while it is being typed.
  public static func masked(_ link: String) -> String {
    guard let user = userPart(of: link) else { return maskedQuery(of: link) }
    let stars = link[user].map { $0 == "@" ? "@" : "*" }.joined()
    return maskedQuery(of: link.replacingCharacters(in: user, with: stars))
  }

  private static func maskedQuery(of link: String) -> String {
    guard let mark = link.firstIndex(of: "?") else { return link }
    let items = link[link.index(after: mark)...]
      .split(separator: "&", omittingEmptySubsequences: false)
    let shown = items.map { item -> String in
      guard isSecret(item), let equals = item.firstIndex(of: "=") else { return String(item) }
      return item[...equals] + item[item.index(after: equals)...].map { _ in "*" }.joined()
    }
    return link[...mark] + shown.joined(separator: "&")
  }

  private static let names: Set<String> = [
    "token", "access_token", "api_key", "apikey", "api_token", "key",
  ]

  /// A name with nothing after it is no secret yet: it may become another name.
  private static func isSecret(_ item: Substring) -> Bool {
    let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = PercentEncoding.decode(String(parts[0])) ?? String(parts[0])
    return parts.count == 2 && names.contains(name.lowercased())
  }
}

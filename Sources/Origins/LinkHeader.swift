/// The `Link` header of RFC 8288, as far as paging needs it.
enum LinkHeader {
  /// The target of the first link whose relation is `next`.
  static func next(_ text: String) -> String? {
    var rest = text.prefix(16 << 10)
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let target = rest[rest.index(after: open)..<close]
      let tail = rest[rest.index(after: close)...]
      let parameters = tail.prefix { $0 != "<" }
      if isNext(parameters) { return String(target) }
      rest = tail[parameters.endIndex...]
    }
    return nil
  }

  private static func isNext(_ parameters: Substring) -> Bool {
    parameters.split(whereSeparator: { $0 == ";" || $0 == "," }).contains { parameter in
      let text = parameter.lowercased().filter { !$0.isWhitespace && $0 != "\"" }
      return text == "rel=next"
    }
  }
}

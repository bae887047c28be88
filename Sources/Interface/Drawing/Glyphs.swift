/// The marks that are no letters, in a UTF-8 and an ASCII spelling of the same width.
struct Glyphs: Sendable {
  let isUnicode: Bool

  var ellipsis: String { isUnicode ? "…" : "~" }
  var unknown: String { isUnicode ? "–" : "-" }
  var separator: String { isUnicode ? "·" : "-" }
  var rule: String { isUnicode ? "─" : "-" }
  var verticalRule: String { isUnicode ? "│" : "|" }
  var arrow: String { isUnicode ? "→" : "->" }
  var online: String { isUnicode ? "●" : "*" }
  var offline: String { isUnicode ? "○" : "!" }
}

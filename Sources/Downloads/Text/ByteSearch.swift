extension StringProtocol {
  /// Whether an ASCII text stands in this one: one byte repeated, or one whose first byte does not
  /// come again. Looks at bytes, which for a long list of links is many times faster than comparing
  /// characters.
  func hasASCII(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    let start = text.utf8Start
    var matched = 0
    for byte in utf8 {
      matched = byte == start[matched] ? matched + 1 : byte == start[0] ? 1 : 0
      if matched == count { return true }
    }
    return false
  }
}

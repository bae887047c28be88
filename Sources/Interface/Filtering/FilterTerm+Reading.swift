import Downloads

extension FilterTerm {
  /// What a word of a filter's text says.
  init(_ word: FilterWord) throws(FilterMistake) {
    guard let name = word.name, let comparison = word.comparison else {
      guard !word.value.isEmpty else {
        throw FilterMistake(place: word.place, sentence: "Nothing stands between the quotes.")
      }
      self = .anywhere(Needle(word.value))
      return
    }
    guard let field = FilterField(typed: name) else {
      self = try Self.plain(word, name: name, comparison)
      return
    }
    guard !word.value.isEmpty else {
      throw FilterMistake(
        place: word.place, sentence: "\(field.rawValue) needs a value, as in \(field.example).")
    }
    self =
      field.kind.isNumber
      ? try Self.number(field, comparison, word) : try Self.words(field, comparison, word)
  }

  /// Links and `a=b` are text; another name is a slip of the finger, which must not find nothing
  /// in silence.
  private static func plain(
    _ word: FilterWord, name: String, _ comparison: FilterWord.Operator
  ) throws(FilterMistake) -> FilterTerm {
    guard comparison != .equal, !(comparison == .has && word.value.hasPrefix("//")) else {
      return .anywhere(Needle(name + comparison.rawValue + word.value))
    }
    let names = FilterField.allCases.map(\.rawValue)
    let advice =
      NearestName.to(name, among: names).map { "is \($0) meant?" }
      ?? "write it in quotes if it is text."
    throw FilterMistake(
      place: word.place.lowerBound..<(word.place.lowerBound + name.count),
      sentence: "There is no field \(PlainText.sanitized(name)); \(advice)")
  }

  private static func words(
    _ field: FilterField, _ comparison: FilterWord.Operator, _ word: FilterWord
  ) throws(FilterMistake) -> FilterTerm {
    guard comparison == .has || comparison == .equal else {
      throw FilterMistake(
        place: word.place, sentence: "\(field.rawValue) is no number: write \(field.example).")
    }
    switch field.kind {
    case .state: return .state(try state(word))
    case .source: return .source(try source(word))
    case .error: return .error(FilterError(typed: word.value))
    case .metadata: return metadata(word.value)
    default:
      let needle = Needle(word.value)
      return comparison == .has ? .contains(field, needle) : .equals(field, needle)
    }
  }

  private static func state(_ word: FilterWord) throws(FilterMistake) -> FilterState {
    if let state = FilterState(typed: word.value) { return state }
    let nearest = NearestName.to(word.value, among: FilterState.all)
    throw FilterMistake(
      place: word.valuePlace,
      sentence: nearest.map { "There is no such state; is \($0) meant?" }
        ?? "There is no such state: write queued, running, failed, done …")
  }

  private static func source(_ word: FilterWord) throws(FilterMistake) -> DownloadSource {
    if let source = DownloadSource(typed: word.value) { return source }
    throw FilterMistake(
      place: word.valuePlace, sentence: "There is no such source: write hf, civitai or other.")
  }

  private static func metadata(_ value: String) -> FilterTerm {
    let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return .metadata(
      key: String(parts[0]),
      value: parts.count > 1 && !parts[1].isEmpty ? Needle(parts[1]) : nil)
  }

  private static func number(
    _ field: FilterField, _ sign: FilterWord.Operator, _ word: FilterWord
  ) throws(FilterMistake) -> FilterTerm {
    guard let comparison = Comparison(sign) else {
      throw FilterMistake(
        place: word.place, sentence: "\(field.rawValue) needs < or >, as in \(field.example).")
    }
    if field == .done, let part = FilterQuantity.fraction(word.value) {
      return .fraction(comparison, part)
    }
    let value: Double? =
      switch field.kind {
      case .speed: FilterQuantity.speed(word.value)
      case .duration: FilterQuantity.seconds(word.value)
      case .count: FilterQuantity.count(word.value)
      default: FilterQuantity.bytes(word.value)
      }
    guard let value else {
      throw FilterMistake(
        place: word.valuePlace, sentence: "This is no \(field.noun): write \(field.example).")
    }
    return .number(field, comparison, value)
  }
}

extension FilterTerm.Comparison {
  fileprivate init?(_ sign: FilterWord.Operator) {
    switch sign {
    case .has: return nil
    case .equal: self = .equal
    case .less: self = .less
    case .atMost: self = .atMost
    case .more: self = .more
    case .atLeast: self = .atLeast
    }
  }
}

extension FilterField {
  fileprivate var noun: String {
    switch kind {
    case .bytes: "size"
    case .speed: "speed"
    case .duration: "time"
    case .progress: "part"
    default: "number"
    }
  }
}

extension FilterWord {
  fileprivate var valuePlace: Range<Int> { valueStart..<max(valueStart, place.upperBound) }
}

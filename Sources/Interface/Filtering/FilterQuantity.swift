/// The numbers of filters, as people write them.
enum FilterQuantity {
  /// Bytes: `5G`, `1.5 GB` without the space, `700k`, `2GiB`. Letters alone mean powers of 1000, as
  /// everywhere on the screen.
  static func bytes(_ text: String) -> Double? {
    guard let (number, unit) = split(text) else { return nil }
    return byteUnits[unit].map { number * $0 }
  }

  /// Bytes per second: `1M` and `1MB/s`.
  static func speed(_ text: String) -> Double? {
    bytes(text.lowercased().hasSuffix("/s") ? String(text.dropLast(2)) : text)
  }

  /// A part from 0 to 1: `50%` and `50`.
  static func fraction(_ text: String) -> Double? {
    guard let (number, unit) = split(text), unit.isEmpty || unit == "%" else { return nil }
    return number / 100
  }

  /// Seconds: `90s`, `5m`, `1h30m`, `2d`, `3w`.
  static func seconds(_ text: String) -> Double? {
    var rest = text.lowercased()[...]
    var sum = 0.0
    repeat {
      let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(number.count).prefix { $0.isLetter }
      guard let value = Double(number), let seconds = durationUnits[String(unit)] else {
        return nil
      }
      sum += value * seconds
      rest = rest.dropFirst(number.count + unit.count)
    } while !rest.isEmpty
    return sum.isFinite ? sum : nil
  }

  static func count(_ text: String) -> Double? {
    guard let (number, unit) = split(text), unit.isEmpty else { return nil }
    return number
  }

  private static func split(_ text: String) -> (number: Double, unit: String)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let number = Double(digits), number.isFinite else { return nil }
    return (number, text.dropFirst(digits.count).lowercased())
  }

  private static let byteUnits: [String: Double] = {
    var units: [String: Double] = ["": 1, "b": 1]
    for (index, letter) in ["k", "m", "g", "t", "p"].enumerated() {
      let decimal = (0...index).reduce(1.0) { value, _ in value * 1000 }
      let binary = (0...index).reduce(1.0) { value, _ in value * 1024 }
      units[letter] = decimal
      units[letter + "b"] = decimal
      units[letter + "i"] = binary
      units[letter + "ib"] = binary
    }
    return units
  }()

  private static let durationUnits: [String: Double] = [
    "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]
}

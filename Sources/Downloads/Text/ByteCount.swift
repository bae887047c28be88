import Foundation

/// Sizes for people: powers of 1000, which is what the units mean and what Hugging Face shows.
public enum ByteCount {
  /// At most six columns: `0 B`, `999 B`, `1.2 kB`, `34 MB`, `6.5 GB`, `1.1 TB`.
  public static func text(_ bytes: Int64) -> String {
    guard bytes >= 1000 else { return "\(max(0, bytes)) B" }
    let (value, unit) = scaled(bytes)
    let digits = value < 9.95 ? 1 : 0
    return fixed(value, digits: digits) + " " + units[unit]
  }

  /// The number below 999.5 before the unit, and the unit's place; kilobytes at least.
  private static func scaled(_ bytes: Int64) -> (value: Double, unit: Int) {
    var value = Double(bytes)
    var unit = -1
    repeat {
      value /= 1000
      unit += 1
    } while value >= 999.5 && unit < units.count - 1
    return (value, unit)
  }

  /// A part of a whole in the whole's unit, at most twelve columns: `1.2/23.8 GB`, `0.0/6.5 GB`.
  public static func text(_ part: Int64, of total: Int64) -> String {
    guard total >= 1000 else { return "\(max(0, part))/\(text(total))" }
    let (value, unit) = scaled(total)
    let scale = Double(total) / value
    let parts = [Double(max(0, part)) / scale, value]
    return parts.map { fixed($0, digits: $0 < 99.95 ? 1 : 0) }.joined(separator: "/")
      + " " + units[unit]
  }

  /// A speed, such as `12 MB/s`.
  public static func speedText(_ bytesPerSecond: Int64) -> String { text(bytesPerSecond) + "/s" }

  private static let units = ["kB", "MB", "GB", "TB", "PB"]

  private static func fixed(_ value: Double, digits: Int) -> String {
    guard digits == 1 else { return "\(Int64(value.rounded()))" }
    let tenths = Int64((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

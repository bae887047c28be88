import ComfyAPI

/// Limits of speed as people write them.
public enum SpeedText {
  /// Reads `10M`, `2.5MB/s`, `800k` or `1000000` in powers of 1000, as all that is shown, and
  /// `1.5MiB/s` in powers of 1024. Case does not matter.
  ///
  /// - Returns: bytes per second; nil for `none`, `off` and `0`, which are no limit.
  /// - Throws: `INVALID_LIMIT` for what is no speed, or below `TransferLimits.least`.
  public static func limit(_ text: String) throws(DownloadFailure) -> Int64? {
    let text = text.lowercased()
    if ["none", "off", "0"].contains(text) { return nil }
    guard let speed = bytesPerSecond(text) else {
      throw DownloadFailure(
        code: "INVALID_LIMIT",
        message: "A speed is written 5M, 800k or 1.5MiB/s, in bytes a second; none is no limit.")
    }
    guard speed >= TransferLimits.least else {
      throw DownloadFailure(
        code: "INVALID_LIMIT",
        message: "The lowest limit is \(ByteCount.speedText(TransferLimits.least)).")
    }
    return speed
  }

  /// A limit for people: `5.0 MB/s`, or `none`.
  public static func text(ofLimit bytesPerSecond: Int64?) -> String {
    bytesPerSecond.map(ByteCount.speedText) ?? "none"
  }

  private static func bytesPerSecond(_ text: String) -> Int64? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    let size = unit.hasSuffix("/s") ? unit.dropLast(2) : unit
    guard let number = Double(digits), let factor = factors[String(size)] else { return nil }
    let speed = number * factor
    return speed < largest ? Int64(speed) : nil
  }

  private static let factors: [String: Double] = {
    var factors = ["": 1.0, "b": 1.0]
    for (power, letter) in ["k", "m", "g"].enumerated() {
      for (base, mark) in [(1000.0, ""), (1024.0, "i")] {
        let factor = (0...power).reduce(1.0) { product, _ in product * base }
        factors[letter + mark] = factor
        factors[letter + mark + "b"] = factor
      }
    }
    return factors
  }()

  /// Far beyond any line, and small enough to be counted on with.
  private static let largest = 1e15
}

import ComfyAPI
import Downloads
import Foundation

/// A limit for people, with who set it and until when.
enum LimitText {
  /// `5.0 MB/s`, `none`; with a schedule `5.0 MB/s, by the schedule until Fri 18:00`.
  static func text(_ limits: TransferLimits, timeZone: TimeZone = .current) -> String {
    let speed = SpeedText.text(ofLimit: limits.bytesPerSecond)
    guard let until = limits.until else { return speed }
    let setter = limits.setBy == .schedule ? "by the schedule" : "by hand"
    return "\(speed), \(setter) until \(time(until, timeZone))"
  }

  private static func time(_ date: Date, _ timeZone: TimeZone) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let parts = calendar.dateComponents([.weekday, .hour, .minute], from: date)
    let day = Weekday(rawValue: parts.weekday ?? 0).map { $0.shortName + " " } ?? ""
    return day + [parts.hour, parts.minute].map { twoDigits($0 ?? 0) }.joined(separator: ":")
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

extension EngineStatus {
  var limits: TransferLimits {
    TransferLimits(bytesPerSecond: limit, setBy: limitSetBy, until: limitUntil)
  }
}

/// Times left for people.
public enum DurationText {
  /// At most six columns: `8s`, `4m 05s`, `2h 13m`, `3d 4h`; `>99d` beyond that.
  public static func text(seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(max(0, seconds))s"
    case ..<3600: "\(seconds / 60)m" + padded(seconds % 60) + "s"
    case ..<86_400: "\(seconds / 3600)h" + padded(seconds % 3600 / 60) + "m"
    case ..<8_640_000: "\(seconds / 86_400)d\(seconds % 86_400 / 3600)h"
    default: ">99d"
    }
  }

  /// At most three columns, one unit: `8s`, `34m`, `2h`, `3d`, `14w`, `2y`; `99y` at the most.
  public static func brief(seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(max(0, seconds))s"
    case ..<3600: "\(seconds / 60)m"
    case ..<86_400: "\(seconds / 3600)h"
    case ..<8_640_000: "\(seconds / 86_400)d"
    case ..<60_480_000: "\(seconds / 604_800)w"
    default: "\(min(99, seconds / 31_536_000))y"
    }
  }

  private static func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

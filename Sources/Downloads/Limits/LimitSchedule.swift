import Foundation

/// Limits of speed by the time of day and the day of the week, as clocks on the wall show them.
///
/// A rule that goes over midnight belongs to the day on which it begins. Where a clock is put
/// forward, a time that it leaves out is the one an hour later; where it is put back, a time that it
/// shows twice is the first.
public struct LimitSchedule: Sendable, Equatable {
  /// A limit for a part of certain days.
  public struct Rule: Sendable, Equatable {
    public var days: Set<Weekday>
    public var from: TimeOfDay
    /// A time that is not after `from` is one of the next day.
    public var to: TimeOfDay
    /// Nil for no limit.
    public var bytesPerSecond: Int64?

    public init(
      days: Set<Weekday> = Set(Weekday.allCases), from: TimeOfDay, to: TimeOfDay,
      bytesPerSecond: Int64?
    ) {
      self.days = days
      self.from = from
      self.to = to
      self.bytesPerSecond = bytesPerSecond
    }
  }

  /// Where several hold at one time, the first does. Where none does there is no limit.
  public var rules: [Rule]
  private let calendar: Calendar

  public init(rules: [Rule] = [], timeZone: TimeZone = .current) {
    self.rules = rules
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    self.calendar = calendar
  }
}

extension LimitSchedule {
  /// What holds at a time: a limit set by hand until a rule next begins or ends after it, else what the
  /// rules say.
  public func limit(at date: Date, manual: ManualLimit?) -> HeldLimit {
    guard !rules.isEmpty else {
      return HeldLimit(bytesPerSecond: manual?.bytesPerSecond, isScheduled: false, until: nil)
    }
    let until = nextChange(after: date)
    if let manual, nextChange(after: manual.setAt).map({ $0 > date }) ?? true {
      return HeldLimit(bytesPerSecond: manual.bytesPerSecond, isScheduled: false, until: until)
    }
    let period = periods(around: date).first { $0.start <= date && date < $0.end }
    return HeldLimit(bytesPerSecond: period?.bytesPerSecond, isScheduled: true, until: until)
  }

  /// When a rule begins or ends next; nil where there is none.
  public func nextChange(after date: Date) -> Date? {
    periods(around: date).flatMap { [$0.start, $0.end] }.filter { $0 > date }.min()
  }

  private typealias Period = (start: Date, end: Date, bytesPerSecond: Int64?)

  /// In the order of the rules; from the day before, whose periods may go on, to a week later, by which
  /// each weekday came.
  private func periods(around date: Date) -> [Period] {
    let days = (-1...8).compactMap { calendar.date(byAdding: .day, value: $0, to: noon(of: date)) }
    return rules.flatMap { rule in
      days.compactMap { day in
        let weekday = Weekday(rawValue: calendar.component(.weekday, from: day))
        guard let weekday, rule.days.contains(weekday) else { return nil }
        return period(of: rule, on: day)
      }
    }
  }

  /// Nil on a day whose clock leaves all of it out.
  private func period(of rule: Rule, on day: Date) -> Period? {
    let minutes = rule.to > rule.from ? rule.to.minutes : rule.to.minutes + TimeOfDay.minutesOfDay
    guard let start = time(rule.from.minutes, on: day), let end = time(minutes, on: day),
      start < end
    else { return nil }
    return (start, end, rule.bytesPerSecond)
  }

  /// Every day has a noon, which not every day has of midnights.
  private func noon(of date: Date) -> Date {
    calendar.date(bySettingHour: 12, minute: 0, second: 0, of: date) ?? date
  }

  /// - Parameter minutes: on the clock, since midnight; a day's worth and more is the next day.
  private func time(_ minutes: Int, on day: Date) -> Date? {
    let (days, minutes) = minutes.quotientAndRemainder(dividingBy: TimeOfDay.minutesOfDay)
    guard let day = calendar.date(byAdding: .day, value: days, to: day) else { return nil }
    var parts = calendar.dateComponents([.year, .month, .day], from: day)
    parts.hour = minutes / 60
    parts.minute = minutes % 60
    return calendar.date(from: parts)
  }
}

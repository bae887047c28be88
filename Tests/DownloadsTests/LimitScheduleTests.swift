import Downloads
import Foundation
import Testing

@Suite("A schedule of limits")
struct LimitScheduleTests {
  private static let berlin = "Europe/Berlin"

  private func rule(
    _ from: String, _ to: String, days: String? = nil, _ limit: Int64? = 5
  ) throws -> LimitSchedule.Rule {
    LimitSchedule.Rule(
      days: try #require(days.map(Weekday.days) ?? Set(Weekday.allCases)),
      from: try #require(TimeOfDay(from)), to: try #require(TimeOfDay(to)), bytesPerSecond: limit)
  }

  private func schedule(
    _ rules: LimitSchedule.Rule..., zone: String = berlin
  ) throws -> LimitSchedule {
    LimitSchedule(rules: rules, timeZone: try #require(TimeZone(identifier: zone)))
  }

  /// A time of UTC.
  private func utc(_ text: String) -> Date {
    (try? Date(text + ":00Z", strategy: .iso8601)) ?? .distantPast
  }

  private func limit(
    _ schedule: LimitSchedule, _ time: String, manual: ManualLimit? = nil
  ) -> Int64? {
    schedule.limit(at: utc(time), manual: manual).bytesPerSecond
  }

  @Test("holds from its beginning up to its end, on its days")
  func hours() throws {
    let schedule = try schedule(rule("08:00", "18:00", days: "mon-fri"))
    // Berlin is an hour before UTC in winter; 2026-01-05 is a Monday.
    for (time, expected) in [
      ("2026-01-05T06:59", nil), ("2026-01-05T07:00", 5), ("2026-01-05T16:59", 5),
      ("2026-01-05T17:00", nil), ("2026-01-09T12:00", 5), ("2026-01-10T12:00", nil),
    ] as [(String, Int64?)] {
      #expect(limit(schedule, time) == expected, "\(time)")
    }
  }

  @Test("that goes over midnight belongs to the day on which it begins")
  func midnight() throws {
    let schedule = try schedule(rule("22:00", "06:00", days: "fri"))
    for (time, expected) in [
      ("2026-01-09T20:59", nil), ("2026-01-09T21:00", 5), ("2026-01-10T04:59", 5),
      ("2026-01-10T05:00", nil), ("2026-01-09T04:00", nil), ("2026-01-10T21:30", nil),
    ] as [(String, Int64?)] {
      #expect(limit(schedule, time) == expected, "\(time)")
    }
    #expect(
      schedule.nextChange(after: utc("2026-01-09T23:30")) == utc("2026-01-10T05:00"))
  }

  @Test("of a whole day ends with it", arguments: [("00:00", "24:00"), ("00:00", "00:00")])
  func wholeDay(from: String, to: String) throws {
    let schedule = try schedule(rule(from, to, days: "sun"))
    #expect(limit(schedule, "2026-01-10T22:59") == nil)
    #expect(limit(schedule, "2026-01-10T23:00") == 5)
    #expect(limit(schedule, "2026-01-11T22:59") == 5)
    #expect(limit(schedule, "2026-01-11T23:00") == nil)
  }

  @Test("follows the clock on the wall when it is put forward and back")
  func summerTime() throws {
    let schedule = try schedule(rule("08:00", "18:00"))
    // On 2026-03-29 Berlin's clocks go from 02:00 to 03:00, on 2026-10-25 from 03:00 to 02:00.
    #expect(
      schedule.nextChange(after: utc("2026-03-28T18:00")) == utc("2026-03-29T06:00"))
    #expect(
      schedule.nextChange(after: utc("2026-03-29T06:00")) == utc("2026-03-29T16:00"))
    #expect(
      schedule.nextChange(after: utc("2026-10-24T18:00")) == utc("2026-10-25T07:00"))
    #expect(
      schedule.nextChange(after: utc("2026-10-25T07:00")) == utc("2026-10-25T17:00"))
  }

  @Test("takes a time that is left out for the one an hour later, and of two the first")
  func missingTimes() throws {
    let schedule = try schedule(rule("02:30", "05:00"))
    #expect(
      schedule.nextChange(after: utc("2026-03-29T00:00")) == utc("2026-03-29T01:30"))
    #expect(
      schedule.nextChange(after: utc("2026-10-24T23:00")) == utc("2026-10-25T00:30"))
    for time in ["2026-10-25T00:45", "2026-10-25T01:15", "2026-10-25T03:59"] {
      #expect(limit(schedule, time) == 5, "\(time)")
    }
    #expect(limit(schedule, "2026-10-25T04:00") == nil)
  }

  @Test("skips a period that the clock leaves out")
  func skipped() throws {
    let schedule = try schedule(rule("02:15", "03:00"))
    for time in ["2026-03-29T00:30", "2026-03-29T01:10", "2026-03-29T01:30"] {
      #expect(limit(schedule, time) == nil, "\(time)")
    }
    #expect(
      schedule.nextChange(after: utc("2026-03-28T12:00")) == utc("2026-03-30T00:15"))
  }

  @Test("goes over the end of the week, with days that do")
  func weekend() throws {
    let schedule = try schedule(rule("20:00", "04:00", days: "sat-mon"))
    for (time, expected) in [
      ("2026-01-09T22:00", nil), ("2026-01-10T22:00", 5), ("2026-01-11T02:00", 5),
      ("2026-01-11T22:00", 5), ("2026-01-12T22:00", 5), ("2026-01-13T02:59", 5),
      ("2026-01-13T03:00", nil), ("2026-01-13T22:00", nil),
    ] as [(String, Int64?)] {
      #expect(limit(schedule, time) == expected, "\(time)")
    }
  }

  @Test("knows days without a midnight")
  func noMidnight() throws {
    // On 2018-11-04 the clocks of São Paulo went from 00:00 to 01:00, which was 03:00 UTC.
    let schedule = try schedule(rule("00:00", "06:00", days: "sun"), zone: "America/Sao_Paulo")
    #expect(limit(schedule, "2018-11-04T02:59") == nil)
    #expect(limit(schedule, "2018-11-04T03:00") == 5)
    #expect(limit(schedule, "2018-11-04T07:59") == 5)
    #expect(limit(schedule, "2018-11-04T08:00") == nil)
  }

  @Test("lets the first of two rules hold, also one of no limit")
  func overlap() throws {
    let schedule = try schedule(rule("12:00", "13:00", nil), rule("08:00", "18:00", 7))
    #expect(limit(schedule, "2026-01-05T10:00") == 7)
    #expect(limit(schedule, "2026-01-05T11:30") == nil)
  }

  @Test("gives way to a limit by hand until its next change")
  func manual() throws {
    let schedule = try schedule(rule("08:00", "18:00"))
    let manual = ManualLimit(bytesPerSecond: 99, setAt: utc("2026-01-05T10:00"))
    let held = schedule.limit(at: utc("2026-01-05T16:59"), manual: manual)
    #expect(
      held
        == HeldLimit(
          bytesPerSecond: 99, isScheduled: false, until: utc("2026-01-05T17:00")))
    #expect(limit(schedule, "2026-01-05T17:00", manual: manual) == nil)
    #expect(limit(schedule, "2026-01-06T10:00", manual: manual) == 5)
  }

  @Test("without rules leaves the limit to the user for good")
  func none() {
    let manual = ManualLimit(bytesPerSecond: 99, setAt: .distantPast)
    let held = LimitSchedule().limit(at: utc("2026-01-05T10:00"), manual: manual)
    #expect(held == HeldLimit(bytesPerSecond: 99, isScheduled: false, until: nil))
    #expect(LimitSchedule().limit(at: .now, manual: nil).bytesPerSecond == nil)
  }

  @Test("reads days as people write them")
  func days() {
    #expect(Weekday.days("mon-wed") == [.monday, .tuesday, .wednesday])
    #expect(Weekday.days("sat,sun") == [.saturday, .sunday])
    #expect(Weekday.days("Fri-Mon") == [.friday, .saturday, .sunday, .monday])
    #expect(Weekday.days("tuesday, thu") == [.tuesday, .thursday])
    for text in ["", "mo", "mon-", "mon-tue-wed", "noday", "mon,,tue"] {
      #expect(Weekday.days(text) == nil, "\(text)")
    }
  }

  @Test("reads times of the clock, and nothing else")
  func times() {
    #expect(TimeOfDay("08:05")?.minutes == 485)
    #expect(TimeOfDay("8:05") == TimeOfDay("08:05"))
    #expect(TimeOfDay("24:00")?.minutes == 1440)
    for text in ["", "8", "24:01", "08:60", "-1:00", "08:5", "08:00:00", "٠٨:٠٠", "a:00"] {
      #expect(TimeOfDay(text) == nil, "\(text)")
    }
  }
}

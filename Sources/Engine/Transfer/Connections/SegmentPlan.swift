import Downloads

/// Which connection fetches which bytes of a file. A value without I/O: time is passed in.
///
/// Segments are handed out from the front in waves, one of equal length for each connection, so that
/// what is hashed in order is at most a wave behind. Waves become shorter towards the end, so that all
/// connections end at about the same time. When nothing is
/// left to hand out, a connection takes half of what the slowest still has to do, and at last the
/// same bytes as one that seems to hang: the first to have them wins.
struct SegmentPlan: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// What one connection has been given.
  struct Segment: Sendable {
    let start: Int64
    /// Where its next byte goes.
    var position: Int64
    /// Behind its last byte; `Int64.max` while nobody knows how long the file is.
    var end: Int64
    let openedAt: Instant
    var rate = Rate()
    /// Bytes of the segment that were not there before, and came through it.
    var received: Int64 = 0
    /// Whether another connection fetches the same bytes.
    var isHedged = false

    var remaining: Int64 { end - position }
  }

  /// Below this a file is not worth a second connection.
  static let shortestSplit: Int64 = 16 << 20
  /// Segments have a length between these two, as long as there is enough left.
  static let shortest: Int64 = 4 << 20
  static let longest: Int64 = 64 << 20
  /// A segment begins at a multiple of this, which is also what is hashed as one piece.
  static let unit: Int64 = 1 << 20
  /// Work that takes less than so many seconds is left to who has begun it.
  static let worthTaking = 2.0

  /// Bytes of the whole file; nil while unknown.
  private(set) var size: Int64?
  /// The bytes that are written.
  private(set) var finished: ByteRanges
  private(set) var segments: [Int: Segment] = [:]
  /// The length of the segments that are handed out now, and how many of it are still to come.
  private var wave: (length: Int64, segments: Int) = (0, 0)
  /// Whether the server sends the file from its beginning, whatever is asked for.
  private(set) var isSentWhole = false

  init(size: Int64?, finished: ByteRanges) {
    self.size = size
    self.finished = finished
  }

  var isComplete: Bool { size.map { finished.count >= $0 } ?? false }

  /// Connections that can do something for the file.
  var canSplit: Bool { (size ?? 0) >= Self.shortestSplit }

  /// The source has told, or shown by its end, how long the file is.
  mutating func learn(size: Int64) {
    guard self.size == nil else { return }
    self.size = size
    segments = segments.mapValues { segment in
      var segment = segment
      segment.end = min(segment.end, size)
      return segment
    }
  }

  /// Gives a connection the next bytes to fetch; nil when there is nothing for it to do.
  ///
  /// - Parameters:
  ///   - connections: how many there may be in all, by which the lengths are chosen: what is given away
  ///     is hard to take back.
  ///   - hedges: whether it may fetch what another is fetching. Under a limit bytes that come twice are
  ///     bytes that others do not get.
  mutating func open(
    _ id: Int, among connections: Int, hedges: Bool = true, at now: Instant
  ) -> Range<Int64>? {
    segments[id] = nil
    let alone = unassigned(among: connections) ?? stolen(at: now)
    guard let range = alone ?? (hedges ? hedged(at: now) : nil) else { return nil }
    var segment = Segment(
      start: range.lowerBound, position: range.lowerBound, end: range.upperBound, openedAt: now)
    segment.isHedged = alone == nil
    segments[id] = segment
    return range
  }

  /// The connection reads from the beginning, because its server knows no ranges. Nobody else may
  /// fetch anything then.
  mutating func openWhole(_ id: Int, at now: Instant) {
    isSentWhole = true
    segments = [id: Segment(start: 0, position: 0, end: size ?? .max, openedAt: now)]
  }

  /// How many of the bytes that came next on a connection belong to its segment.
  func share(of count: Int, _ id: Int) -> Int {
    guard let segment = segments[id] else { return 0 }
    return Int(min(Int64(count), segment.remaining))
  }

  /// Bytes of a connection are written, or were there before.
  mutating func advance(_ id: Int, by count: Int64, at now: Instant) {
    guard var segment = segments[id] else { return }
    let before = finished.count
    finished.insert(segment.position..<segment.position + count)
    segment.position += count
    segment.received += finished.count - before
    segment.rate.sample(segment.position, at: now)
    segments[id] = segment
  }

  /// True once a connection has nothing more to fetch: its segment is read, was given to others, or is
  /// there through others.
  func isDone(_ id: Int) -> Bool {
    guard let segment = segments[id] else { return true }
    guard segment.remaining > 0 else { return true }
    return segment.end < .max && finished.contains(segment.position..<segment.end)
  }

  /// A connection has ended; what it did not fetch is free again.
  mutating func close(_ id: Int) { segments[id] = nil }
}

// MARK: - What to fetch next

extension SegmentPlan {
  private mutating func unassigned(among connections: Int) -> Range<Int64>? {
    guard let size else {
      return segments.isEmpty ? finished.front..<Int64.max : nil
    }
    var taken = finished
    for segment in segments.values { taken.insert(segment.position..<segment.end) }
    let gaps = taken.gaps(in: 0..<size)
    guard let gap = gaps.first else { return nil }
    guard canSplit, connections > 1 else { return gap }
    let left = gaps.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    let end = Self.roundedUp(gap.lowerBound + nextLength(left, connections))
    return gap.lowerBound..<min(end, gap.upperBound)
  }

  /// A wave takes most of what is left: each wave costs every connection the time of an answer.
  private mutating func nextLength(_ left: Int64, _ connections: Int) -> Int64 {
    if wave.segments == 0 {
      let share = left / Int64(connections) / 16 * 11
      wave = (min(max(share, Self.shortest), Self.longest), connections)
    }
    wave.segments -= 1
    return wave.length
  }

  /// Half of what the connection that will be busy for longest has still to do.
  private mutating func stolen(at now: Instant) -> Range<Int64>? {
    let victims = segments.filter { $0.value.remaining >= 2 * Self.unit && !$0.value.isHedged }
    guard
      let (id, segment) = victims.max(by: {
        secondsLeft($0.value, now) < secondsLeft($1.value, now)
      }),
      secondsLeft(segment, now) >= Self.worthTaking, segment.end < .max
    else { return nil }
    let middle = Self.roundedUp(segment.position + segment.remaining / 2)
    guard middle < segment.end else { return nil }
    segments[id]?.end = middle
    return middle..<segment.end
  }

  /// All that a slow connection has still to do, which it goes on doing.
  private mutating func hedged(at now: Instant) -> Range<Int64>? {
    let slow = segments.filter { !$0.value.isHedged && $0.value.end < .max }
      .max { secondsLeft($0.value, now) < secondsLeft($1.value, now) }
    guard let (id, segment) = slow, segment.remaining > 0,
      secondsLeft(segment, now) >= Self.worthTaking
    else { return nil }
    segments[id]?.isHedged = true
    return segment.position..<segment.end
  }

  /// Seconds until a segment is read, at its speed; the age of one that has none yet counts as speed
  /// of its own: one that just began is given time, one that brings nothing is given up.
  private func secondsLeft(_ segment: Segment, _ now: Instant) -> Double {
    let age = (now - segment.openedAt) / .seconds(1)
    guard segment.received > 0 else { return age }
    var rate = segment.rate
    rate.sample(segment.position, at: now)
    guard let speed = rate.bytesPerSecond, speed > 0 else { return age }
    return Double(segment.remaining) / Double(speed)
  }

  private static func roundedUp(_ position: Int64) -> Int64 { (position + unit - 1) / unit * unit }
}

// MARK: - Connections that are not worth keeping

extension SegmentPlan {
  /// A connection that is this many times slower than its siblings is replaced…
  private static let hopeless = 8.0
  /// …when it has had so many seconds to become faster…
  private static let trial = 10.0

  /// The slowest connection, if it is far slower than the others and a new one would be done sooner.
  func laggard(at now: Instant) -> Int? {
    let speeds = segments.mapValues { segment -> Double in
      var rate = segment.rate
      rate.sample(segment.position, at: now)
      return Double(rate.bytesPerSecond ?? 0)
    }
    guard speeds.count >= 3, let slowest = speeds.min(by: { $0.value < $1.value }),
      let segment = segments[slowest.key]
    else { return nil }
    let median = speeds.values.sorted()[speeds.count / 2]
    let age = (now - segment.openedAt) / .seconds(1)
    guard age >= Self.trial, slowest.value * Self.hopeless < median,
      Double(segment.remaining) > slowest.value * Self.trial
    else { return nil }
    return slowest.key
  }
}

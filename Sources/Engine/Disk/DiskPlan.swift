/// Who gets the free bytes of the models' disk. A value without I/O.
///
/// A transfer begins when what is missing of its file fits besides what the transfers under way have
/// still to take. What does not fit is passed by, and a smaller one behind it may begin.
struct DiskPlan: Sendable, Equatable {
  /// Bytes above what is left to others; nil where the disk does not say, and then everything fits.
  private let headroom: Int64?
  /// What is promised, and not taken from the disk yet.
  private var promised: Int64 = 0

  /// Of the reserve: who has stopped at its edge goes on so far above it, and does not stop again at
  /// once.
  private static let edge: Int64 = 16

  /// - Parameters:
  ///   - free: bytes free on the disk.
  ///   - reserve: bytes that stay free.
  init(free: Int64?, reserve: Int64) {
    headroom = free.map { Self.difference($0, Self.sum(reserve, reserve / Self.edge)) }
  }

  /// Room besides what the files of transfers under way have still to take.
  init(free: Int64?, reserve: Int64, besides files: [PartialSize]) {
    self.init(free: free, reserve: reserve)
    for file in files { promise(file.missing) }
  }

  /// Notes what a transfer under way has still to take.
  mutating func promise(_ bytes: Int64) { promised = Self.sum(promised, max(0, bytes)) }

  /// Promises room to a transfer that would begin.
  ///
  /// - Parameter bytes: what it has to take; one that has its room already needs the reserve alone.
  /// - Returns: how many bytes are missing; nil when it may begin.
  mutating func take(_ bytes: Int64) -> Int64? {
    guard let headroom else { return nil }
    let needed = bytes > 0 ? Self.sum(promised, bytes) : 0
    guard needed <= headroom else { return Self.difference(needed, headroom) }
    promise(bytes)
    return nil
  }

  /// How many bytes lack of the reserve; nil while nothing does.
  static func shortage(free: Int64?, reserve: Int64) -> Int64? {
    guard let free, free < reserve else { return nil }
    return difference(sum(reserve, reserve / edge), free)
  }

  private static func sum(_ one: Int64, _ other: Int64) -> Int64 {
    let (sum, overflows) = one.addingReportingOverflow(other)
    return overflows ? .max : sum
  }

  private static func difference(_ one: Int64, _ other: Int64) -> Int64 {
    let (difference, overflows) = one.subtractingReportingOverflow(other)
    return overflows ? (one < 0 ? .min : .max) : difference
  }
}

/// How much of a file is there, and how much of the disk it has taken. All in bytes.
struct PartialSize: Sendable, Equatable {
  /// Of the whole file; nil while unknown, and then nothing can be planned.
  var size: Int64?
  var received: Int64
  /// Taken of the disk, ahead of what is there where the filesystem can do that.
  var allocated: Int64

  /// What the file has still to take from the disk.
  var missing: Int64 { max(0, (size ?? 0) - max(0, received, allocated)) }
}

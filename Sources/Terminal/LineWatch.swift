/// Notices a line that takes pictures more slowly than they are made.
///
/// A terminal at the far end of such a line lets its writer wait. One long wait may be a hitch of the
/// network; several among a few pictures are the line.
struct LineWatch {
  /// Seconds that a picture may take to be written.
  static let patience: Double = 0.15
  /// As many long waits among so many pictures.
  static let limit = 3
  static let memory = 10

  private var waits: [Bool] = []
  private(set) var isSlow = false

  /// Takes the seconds that writing a picture has taken.
  ///
  /// - Returns: true when this shows for the first time that the line is slow.
  mutating func note(_ seconds: Double) -> Bool {
    guard !isSlow else { return false }
    waits.append(seconds > Self.patience)
    if waits.count > Self.memory { waits.removeFirst() }
    isSlow = waits.count(where: \.self) >= Self.limit
    return isSlow
  }
}

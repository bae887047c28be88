import Downloads

/// What is left out on a slow line, so that keys stay quick: news is drawn seldom, bars are made of
/// characters of one byte, and there are no graphs.
extension State {
  /// Seconds between two pictures of news on a slow line.
  static let slowNewsInterval: Double = 5

  /// Whether news waits: the newest is kept in `heldSnapshot`.
  var holdsNews: Bool {
    if isFrozen { return true }
    guard isLowBandwidth, let newsTakenAt else { return false }
    return abs(now.timeIntervalSince(newsTakenAt)) < Self.slowNewsInterval
  }

  /// Takes the newest of the news that had to wait, once it may be drawn.
  mutating func takeHeldNews() -> [Command] {
    guard !holdsNews, let snapshot = heldSnapshot else { return [] }
    heldSnapshot = nil
    return update(snapshot)
  }

  /// The terminal takes pictures slowly.
  mutating func noteSlowLine() {
    guard !isLowBandwidth, savesBandwidthByItself else { return }
    isLowBandwidth = true
    say(
      .notice(
        "The line is slow: fewer pictures and no graphs. :low-bandwidth off brings them back."))
  }

  /// By the user's wish, `on`, `off` or the other of them, which holds whatever the line is like.
  mutating func setLowBandwidth(_ wish: String) -> [Command] {
    guard ["", "on", "off"].contains(wish) else {
      say(.problem("It is on or off."))
      return []
    }
    isLowBandwidth = wish.isEmpty ? !isLowBandwidth : wish == "on"
    savesBandwidthByItself = false
    say(
      .notice(
        isLowBandwidth ? "Fewer pictures and no graphs, for a slow line." : "Pictures as they come."
      ))
    return takeHeldNews()
  }

  /// Whether bars and graphs may be drawn with characters beyond ASCII, which take three bytes each.
  var drawsFineBars: Bool { capabilities.isUnicode && !isLowBandwidth }
}

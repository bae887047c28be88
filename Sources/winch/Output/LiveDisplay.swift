/// What a command shows while it waits. May be used from any thread.
protocol LiveDisplay: Sendable {
  /// Shows nothing any more.
  func end()
  /// The same where another thread may hold the terminal for ever.
  func endAtOnce()
  /// The shell has written something since, as it does when a suspended program goes on.
  func drawAnew()
}

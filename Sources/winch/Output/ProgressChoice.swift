import ArgumentParser

/// What a command shows while it waits for downloads.
enum ProgressChoice: String, CaseIterable, ExpressibleByArgument {
  /// Bars in a terminal, else plain lines.
  case auto
  /// A line now and then on standard error.
  case plain
  /// Each changed download as a line of JSON on standard output.
  case json
  /// Errors alone, and JSON where it is asked for.
  case none
}

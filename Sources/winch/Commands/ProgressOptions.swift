import ArgumentParser

/// What a command shows while it waits; the option of those that always wait.
struct ProgressOption: ParsableArguments {
  @Option(help: "While waiting: bars or lines, plain lines, each change as JSON, or nothing.")
  var progress = ProgressChoice.auto
}

/// The same, and that as little is said as can be.
struct ProgressOptions: ParsableArguments {
  @Flag(help: "Print errors alone, and JSON where it is asked for.")
  var quiet = false

  @OptionGroup var shown: ProgressOption

  /// What is shown while waiting.
  var choice: ProgressChoice { quiet ? .none : shown.progress }

  func validate() throws {
    guard !quiet || [.auto, .none].contains(shown.progress) else {
      throw ValidationError("--quiet shows no progress, so that --progress has nothing to say.")
    }
  }

  /// Call it in the `validate` of a command that does not always wait.
  func validate(waiting isWaiting: Bool) throws {
    guard isWaiting || shown.progress == .auto else {
      throw ValidationError("--progress needs --wait.")
    }
  }
}

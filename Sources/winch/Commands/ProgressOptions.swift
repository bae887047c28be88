import ArgumentParser

/// What a command shows while it waits, and whether it says as little as can be.
struct ProgressOptions: ParsableArguments {
  @Flag(help: "Print errors alone, and JSON where it is asked for.")
  var quiet = false

  @Option(
    name: .customLong("progress"),
    help: "While waiting: bars or lines, plain lines, each change as JSON, or nothing.")
  private var given = ProgressChoice.auto

  /// Whether nothing was asked for.
  var isUsual: Bool { given == .auto }

  /// What is shown while waiting.
  var choice: ProgressChoice { quiet ? .none : given }

  func validate() throws {
    guard !quiet || [.auto, .none].contains(given) else {
      throw ValidationError("--quiet shows no progress, so that --progress has nothing to say.")
    }
  }

  /// Call it in the `validate` of a command that does not always wait.
  func validate(waiting isWaiting: Bool) throws {
    guard isWaiting || isUsual else {
      throw ValidationError("--progress needs --wait.")
    }
  }
}

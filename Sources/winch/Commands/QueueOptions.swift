import ArgumentParser
import Downloads

/// The options every command takes that queues downloads.
struct QueueOptions: ParsableArguments {
  @Option(
    name: .customLong("tag"), help: "A tag for the asset; may be repeated.", completion: .tags)
  var tags: [String] = []

  @Flag(help: "Wait until every file is there and verified.")
  var wait = false

  @Flag(help: "Print errors alone, and JSON where it is asked for.")
  var quiet = false

  @OptionGroup var shown: ProgressOption

  /// What is shown while waiting.
  var progress: ProgressChoice { quiet ? .none : shown.progress }

  func validate() throws {
    guard !quiet || [.auto, .none].contains(shown.progress) else {
      throw ValidationError("--quiet shows no progress, so that --progress has nothing to say.")
    }
    guard wait || shown.progress == .auto else {
      throw ValidationError("--progress needs --wait.")
    }
  }

  func checkedTags() throws -> [String] {
    if let tag = tags.first(where: { !Tag.isValid($0) }) {
      throw CommandExit(.badInput, "\(tag) cannot be a tag.", Tag.rule)
    }
    return tags
  }
}

/// The option of every command that waits for downloads.
struct ProgressOption: ParsableArguments {
  @Option(help: "While waiting: bars or lines, plain lines, each change as JSON, or nothing.")
  var progress = ProgressChoice.auto
}

import ArgumentParser
import Downloads

/// The options every command takes that queues downloads.
struct QueueOptions: ParsableArguments {
  @Option(
    name: .customLong("tag"), help: "A tag for the asset; may be repeated.", completion: .tags)
  var tags: [String] = []

  @Flag(help: "Wait until every file is there and verified.")
  var wait = false

  @OptionGroup var progress: ProgressOptions

  func validate() throws { try progress.validate(waiting: wait) }

  func checkedTags() throws -> [String] {
    if let tag = tags.first(where: { !Tag.isValid($0) }) {
      throw CommandExit(.badInput, Tag.refusal(of: tag), Tag.rule)
    }
    return tags
  }
}

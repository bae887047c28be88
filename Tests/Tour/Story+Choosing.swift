import TestTerminal

/// Choosing among files, and their places in the queue.
extension Story {
  func choose() async throws {
    guide.chapter("Choose files, and which come first")
    try await guide.step(
      "The link of a repository leads to several files.", .paste(ModelShop.controls),
      until: "3 files")
    try await guide.step(
      "`^P` lists them. `Space` chooses one and goes down.", .key("C-p"), .key("Space"),
      .key("Space"), until: "2 of 3 files", "aurora-pose")
    try await guide.step(
      "`Enter` takes them, and again queues them: they wait behind those that are under way.",
      .key("Enter"), .key("Enter"), until: .row("depth", "queued"), .row("edges", "queued"))
    try await guide.step(
      "`J` moves the one under the cursor down in the queue.", .key("J"),
      until: .order("edges", "depth"))
    try await guide.step(
      "`u` takes back what was done last.", .key("u"), until: .order("depth", "edges"))
  }
}

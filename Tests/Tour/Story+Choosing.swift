import TestTerminal

/// Choosing among files, and their places in the queue.
extension Story {
  func choose() async throws {
    guide.chapter("Choose files, and which come first")
    try await guide.step(
      "The link of a repository leads to several files.", .paste(ModelShop.extras),
      until: "3 files")
    try await guide.step(
      "`Enter` lists them. `Space` chooses one and goes down.", .key("Enter"), .key("Space"),
      .key("Space"), until: "2 of 3 files", "aurora-vae")
    try await guide.step(
      "`Enter` takes them. In the tags, names that are in use are proposed while you type.",
      .key("Enter"), .key("Tab"), .text("au"), until: "Add downloads", "aurora (→ takes it)")
    try guide.terminal.make(.key("Tab"))
    try await guide.step(
      "`Tab` takes the proposal, and `Enter` queues: the files wait behind those that are under way.",
      .key("Enter"), until: .row("depth", "aurora ", "queued"), .row("edges", "aurora ", "queued"))
    try await guide.step(
      "`J` moves the one under the cursor down in the queue.", .key("J"),
      until: .order("edges", "depth"))
    try await guide.step(
      "`u` takes back what was done last.", .key("u"), until: .order("depth", "edges"),
      "Moved back")
  }
}

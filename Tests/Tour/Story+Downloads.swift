import TestTerminal

/// Adding, watching and arranging downloads.
extension Story {
  func add() async throws {
    guide.chapter("Add downloads")
    try guide.terminal.make(.text("winch() { '\(Sandbox.binary.path())' \"$@\"; }; clear"))
    try guide.terminal.make(.key("Enter"))
    try await guide.step(
      "`winch` opens the screen. Nothing is queued yet.", .text("winch"), .key("Enter"),
      until: "Winch", "a add", "free", .without("connecting"))
    try await guide.step("`a` opens the form.", .key("a"), until: "Add downloads")
    try await guide.step(
      "Three links are pasted. Each says what it leads to, and the wrong one what is wrong.",
      .paste(
        """
        \(ModelShop.link("aurora-xl-base.safetensors"))
        https://example.com/model.safetensors
        \(ModelShop.link("aurora-xl-vae.safetensors"))
        """),
      until: "160 MB", "12 MB", "example.com is neither")
    try await guide.step(
      "`Tab` goes to the tags, and again to the folder. What is typed holds for all links.",
      .key("Tab"), .text("aurora, night"), .key("Tab"), .text("checkpoints"),
      until: "aurora, night", "checkpoints")
    try await guide.step(
      "`Enter` queues the links that are right; the wrong one stays, to be mended.", .key("Enter"),
      until: "example.com", "1 line kept")
    try await guide.step(
      "`^U` empties the line, and `Esc` closes the form.", .key("C-u"), .key("Escape"),
      until: .row("base", "running"), .without("Add downloads"), isShown: false)
    try await queue(ModelShop.link("aurora-xl-refiner.safetensors"), showing: "90 MB")
    try await queue(shop.lanterns, showing: "80 MB")
    try await guide.step(
      "Pasting anywhere adds links too. Three downloads go at a time, and the others wait.",
      until: .progress(of: "base", 6...70), .progress(of: "refiner", 8...60),
      .progress(of: "lanterns", 6...90))
  }

  func look() async throws {
    guide.chapter("Look closer")
    try await guide.step(
      "`Enter` shows all that is known of the download under the cursor, with a graph of its speed "
        + "and a map of what has arrived.",
      .key("g"), .key("Enter"), until: "Link ", "Folder ", "Progress ", "⡇")
    try await guide.step("`q` goes back.", .key("q"), until: "a add", isShown: false)
    try await guide.step(
      "`'` shows the same below the table, or beside it where both have room.", .key("j"),
      .key("'"), until: "───", "Progress     ")
    try await guide.step("`'` again hides it.", .key("'"), until: .without("───"), isShown: false)
  }

  func arrange() async throws {
    guide.chapter("Arrange the table")
    try await guide.step("`s` asks for a column to sort by.", .key("s"), until: "Sort by")
    try await guide.step(
      "`j` goes down to the size, and `Enter` sorts by it. `>` sorts by the column to its right.",
      .key("j"), .key("j"), .key("Enter"), .key(">"), until: .without("Sort by"),
      "Sorted by progress")
    try guide.terminal.make(.key("s"))
    try guide.terminal.make(.key("g"))
    try guide.terminal.make(.key("Enter"))
    try await guide.wait("the queue's order is back", for: "In the order of the queue")
    try await guide.step("`c` chooses the columns.", .key("c"), until: "Columns")
    try await guide.step(
      "`q` closes the choice, and `z` gives each download two lines.", .key("q"), .key("z"),
      until: "aurora, night")
    try guide.terminal.make(.key("z"))
    try guide.terminal.make(.key("z"))
    try await guide.step(
      "`:save-view` keeps the filter, the order and the columns at a key.", .key("f"),
      .text("tag:night"), .key("Enter"), .text(":save-view 6 night"), .key("Enter"),
      until: "Saved at 6", .row("base", "night"), .without("lanterns"))
    try guide.terminal.make(.key("\\"))
    try await guide.wait("everything is shown", for: "lanterns")
    try await guide.step(
      "`6` brings that back at any time.", .key("6"), until: "night", .without("lanterns"))
    try guide.terminal.make(.key("\\"))
  }
}

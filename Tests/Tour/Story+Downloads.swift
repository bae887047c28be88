import TestTerminal

/// Adding, watching and arranging downloads.
extension Story {
  func add() async throws {
    guide.chapter("Add downloads")
    try guide.terminal.make(.text("winch() { '\(Sandbox.binary.path())' \"$@\"; }; clear"))
    try guide.terminal.make(.key("Enter"))
    try await guide.wait("the shell is ready", for: .onlyPrompt)
    try await guide.step(
      "`winch` opens the screen. Nothing is queued yet.", .text("winch"), .key("Enter"),
      until: "Winch", "a add", "free", .without("connecting"))
    try await guide.step("`a` opens the form.", .key("a"), until: "Add downloads")
    try await guide.step(
      "Three links are pasted. Each says what it leads to, and the wrong one what is wrong.",
      .paste(
        """
        \(ModelShop.link("aurora-xl-base"))
        https://example.com/model.safetensors
        \(ModelShop.link("aurora-xl-turbo"))
        """),
      until: "640 MB", "12 MB", "example.com is neither")
    try await guide.step(
      "`Tab` goes to the tags, and again to the folder, where names are proposed while you type. "
        + "What is typed holds for all links.",
      .key("Tab"), .text("aurora, night"), .key("Tab"), .text("che"),
      until: "aurora, night", "checkpoints")
    try guide.terminal.make(.key("Tab"))
    try await guide.step(
      "`Tab` takes the proposal. `Enter` queues the links that are right; the wrong one stays, to be "
        + "mended.",
      .key("Enter"), until: "example.com", "1 line kept",
      "2 active", "652 MB to come")
    try await guide.step(
      "`^U` empties the line, and `Esc` closes the form.", .key("C-u"), .key("Escape"),
      until: .row("base", "running"), .without("Add downloads"), isShown: false)
    try await guide.wait("the small one is there", for: .row("turbo", "completed"))
    try await queue(ModelShop.link("aurora-xl-refiner"), showing: "160 MB")
    try await queue(shop.lanterns, showing: "400 MB")
    try await guide.step(
      "Pasting anywhere adds links too. Three downloads go at a time.",
      until: .progress(of: "base", 1...70), .progress(of: "refiner", 8...60),
      .progress(of: "lanterns", 1...90), .row("lanterns", "B/s"), .row("refiner", "B/s"),
      .without("queued."))
  }

  func look() async throws {
    guide.chapter("Look closer")
    try await guide.step(
      "`Enter` shows all that is known of the download under the cursor, with a map of what has "
        + "arrived, where each `▶` is a connection at work, and a graph of its speed.",
      .key("g"), .key("Enter"), until: "Link ", "Folder ", "Progress ",
      .several("▶", 3), .several("⣿", 12))
    try await guide.step("`q` goes back.", .key("q"), until: "a add", isShown: false)
    try await guide.wait("the short ones are there", for: .row("edges", "completed"))
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
    try await guide.step(
      "`c` chooses the columns: `Space` shows the folder, and `K` moves it to the left.",
      .key("c"), .text("jjjjjjjjjj"), .key("Space"), .text("kkkKKKKKK"), until: "Columns",
      "> [x] folder", .order("[x] folder", "[x] size"))
    try await guide.step(
      "`q` closes the choice.", .key("q"), until: .row("Name", "Folder", "Size"),
      .row("base", "checkpoints"))
    try guide.terminal.make(.key("c"))
    try guide.terminal.make(.key("r"))
    try guide.terminal.make(.key("q"))
    try await guide.step(
      "`c` `r` leaves the columns to the width again. `z` gives each download two lines.",
      .key("z"), until: "checkpoints · aurora, night", .without("Folder"))
    try guide.terminal.make(.key("z"))
    try guide.terminal.make(.key("z"))
    try await guide.step(
      "`f` shows only what matches, while it is typed.", .key("f"), .text("size>100M"),
      until: "size>100M", .row("lanterns", "running"), .without("turbo"))
    try await guide.step(
      "`Enter` keeps the filter. `:save-view` keeps it at a key, with the order and the columns.",
      .key("Enter"), .text(":save-view 6 large"), .key("Enter"), until: "Saved at 6",
      .row("Name", "6 large"), .without("turbo"))
    try guide.terminal.make(.key("\\"))
    try await guide.wait("everything is shown", for: "turbo")
    try await guide.step(
      "`\\` shows everything, and `6` brings the view back at any time.", .key("6"),
      until: "6 large", .without("turbo"))
    try guide.terminal.make(.key("\\"))
    try await guide.wait("everything is shown", for: "turbo")
  }
}

import TestTerminal

/// What is stored, and leaving.
extension Story {
  func keep() async throws {
    guide.chapter("Keep order in the library")
    try await guide.step(
      "`Tab` shows what is stored.", .key("Tab"), until: "Library", .row("vae", "✓"))
    try await guide.step(
      "`/` finds the file, `t` gives it a tag.", .key("/"), .text("vae"), .key("Enter"), .key("t"),
      .text("decoder"), .key("Enter"), until: .row("vae", "✓", "decoder"))
    try await guide.step(
      "`H` reads the file again, to see whether it is still what was stored.", .key("H"),
      until: "is intact")
    try await guide.step(
      "`y` asks what to copy, through the terminal and so over SSH.", .key("y"), until: "path")
    try await guide.step("`p` copies the path.", .key("p"), until: "opied")
    try guide.terminal.make(.key("Tab"))
  }

  func leave() async throws {
    guide.chapter("Other terminals")
    try guide.terminal.resize(columns: 40, rows: 12)
    try await guide.step(
      "A terminal of 40 columns and 12 lines shows what matters most.", until: "upscaler")
    try guide.terminal.resize(columns: 100, rows: 30)
    let plain = try TmuxTerminal(sandbox, columns: 100, rows: 30, variables: ["LC_ALL": "C"])
    defer { plain.close() }
    try await plain.open()
    try await guide.step(
      "Where the locale has no UTF-8 (`LC_ALL=C`), the screen is ASCII.", in: plain,
      until: "upscaler", .without("connecting"))

    guide.chapter("Leave and come back")
    try await guide.step(
      "`q` leaves, and says what goes on without the screen.", .key("q"), until: "on; winch shows")
    try await guide.step(
      "`winch` again: the download has gone on.", .text("winch"), .key("Enter"),
      until: "a add", .row("upscaler", "%"), .without("connecting"))
  }
}

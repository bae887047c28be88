import TestTerminal

/// What is stored, and leaving.
extension Story {
  func keep() async throws {
    guide.chapter("Keep order in the library")
    try await guide.step(
      "`Tab` shows what is stored.", .key("Tab"), until: "Library", .row("depth", "verified"),
      .row("turbo", "checkpoints"))
    try await guide.step(
      "`/` finds a file. `t` gives it a tag, which is proposed as well.", .key("/"), .text("depth"),
      .key("Enter"), .key("t"), .text("ni"), .key("Tab"), until: "night", .row(">", "depth"))
    try await guide.step(
      "`Enter` does it; `u` would take it back.", .key("Enter"), until: .row("depth", "night"))
    try await guide.step(
      "`H` reads the file again, to see whether it is still what was stored.", .key("H"),
      until: "is intact")
    try await guide.step(
      "`Enter` shows all that is known of it.", .key("Enter"), until: "Name  ", "depth", "Esc back")
    try guide.terminal.make(.key("q"))
    try await guide.wait("the library is back", for: "Library", "a add")
    try await guide.step(
      "`y` asks what to copy, through the terminal and so over SSH.", .key("y"), until: "p path")
    try await guide.step("`p` copies the path.", .key("p"), until: "opied")
    try guide.terminal.make(.key("Tab"))
    try await guide.wait("the downloads are back", for: .row("upscaler", "running"))
  }

  func leave() async throws {
    guide.chapter("Other terminals")
    let small = try TmuxTerminal(sandbox, columns: 40, rows: 12)
    defer { small.close() }
    try await small.open()
    try await guide.step(
      "A terminal of 40 columns and 12 lines shows what matters most.", in: small,
      until: "upscaler", .without("connecting"), "B/s")
    let plain = try TmuxTerminal(sandbox, columns: 100, rows: 30, variables: ["LC_ALL": "C"])
    defer { plain.close() }
    try await plain.open()
    try await guide.step(
      "Where the locale has no UTF-8 (`LC_ALL=C`), the screen is ASCII.", in: plain,
      until: "upscaler", .without("connecting"), .row("upscaler", "B/s"))

    guide.chapter("Leave and come back")
    try guide.terminal.make(.key("z"))
    try await guide.wait("two lines each", for: "checkpoints · aurora, night")
    try await guide.step(
      "After another `z`, `q` leaves, and says what goes on without the screen.", .key("q"),
      until: "on; winch shows")
    try await guide.step(
      "`winch` again: the downloads have gone on, and the table looks as it did.", .text("winch"),
      .key("Enter"), until: "a add", .row("upscaler", "B/s"), .without("connecting"))
  }
}

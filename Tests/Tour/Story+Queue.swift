/// What fails, what is stopped, and how fast it all goes.
extension Story {
  func mend() async throws {
    guide.chapter("Find what failed and retry it")
    try await queue(ModelShop.link("aurora-embedding"), showing: "4.0 MB")
    try await guide.wait("the broken download fails", for: .row("embedding", "failed"))
    try await takePicture()
    try guide.terminal.make(.key("g"))
    try await guide.step(
      "`Space` marks a download, and the next; actions are done to all that are marked.",
      .key("Space"), .key("Space"), until: "2 marked")
    try await guide.step(
      "`Esc` takes the marks away. `f` finds what failed too.",
      .key("Escape"), .key("f"), .text("state:failed"),
      until: "state:failed", .row("embedding", "failed"), .without("refiner"))
    try await guide.step(
      "`Enter` keeps the filter, and again opens the details, which say why: bytes had been changed "
        + "on the way, so that no file appeared.",
      .key("Enter"), .key("Enter"), until: "publishes", "Link ")
    try guide.terminal.make(.key("q"))
    try await guide.wait("the filtered table is back", for: "a add")
    shop.mendEmbedding()
    try await guide.step(
      "`r` starts the download again. This time its bytes are those that were published; `\\` "
        + "shows everything.",
      .key("r"), .key("\\"), until: .row("embedding", "completed"), "refiner")
  }

  func steer() async throws {
    guide.chapter("Stop, pause, slow down")
    try await queue(ModelShop.link("aurora-upscaler"), showing: "200 MB")
    try await guide.wait("the upscaler begins", for: .row("upscaler", "running"))
    try guide.terminal.make(.key("G"))
    try await guide.step(
      "`d` cancels the download under the cursor. What has arrived is kept.", .key("d"),
      until: .row("upscaler", "cancelled"))
    try await guide.step("`u` takes that back.", .key("u"), until: .row("upscaler", "running"))
    try await guide.step("`p` holds it back.", .key("p"), until: .row("upscaler", "paused"))
    try await guide.step(
      "`p` again lets it go on. `=` limits the speed of everything.", .key("p"), .key("="),
      .text("3M"), until: "limit 3M", .row("upscaler", "B/s", "running"))
    try await guide.step(
      "The header shows the limit, and within seconds all of them keep to it together.",
      .key("Enter"), until: "at most 3.0 MB/s", .totalSpeed(atMost: 3.0),
      .row("upscaler", "running"))
    try guide.terminal.make(.key("="))
    try guide.terminal.make(.text("off"))
    try guide.terminal.make(.key("Enter"))
    try await guide.wait("the limit is gone", for: "No limit")
  }

  func find() async throws {
    guide.chapter("Find your way")
    try await guide.step(
      "`/` goes to what matches and hides nothing.", .key("/"), .text("lantern"), until: "/lantern")
    try guide.terminal.make(.key("Enter"))
    try await guide.wait("the cursor is there", for: .row(">", "lanterns"))
    try await guide.step("`?` shows all keys.", .key("?"), until: "Add downloads", "Esc back")
    try await guide.step(
      "`/` shows only those that have some words.", .key("/"), .text("clipboard"),
      until: "Copy to your clipboard", .without("Add downloads"))
    try await guide.step(
      "`q` closes the help. `:` does anything by its name; `Tab` completes it.", .key("Enter"),
      .key("q"), .key(":"), .text("pau"), .key("Tab"), until: ":pause")
    try await guide.step(
      "`Esc` gives the line up. `L` shows everything that happened.", .key("Escape"), .key("L"),
      until: "Log, newest first", "Esc back")
    try guide.terminal.make(.key("q"))
  }
}

import Foundation
import TestTerminal

/// What the tour tells, in order.
final class Story {
  let guide: Guide
  let shop: ModelShop
  let sandbox: Sandbox
  /// The README's, once it was taken.
  var picture = ""

  init(guide: Guide, shop: ModelShop, sandbox: Sandbox) {
    self.guide = guide
    self.shop = shop
    self.sandbox = sandbox
  }

  func tell() async throws {
    try await add()
    try await choose()
    try await look()
    try await arrange()
    try await mend()
    try await steer()
    try await find()
    try await keep()
    try await leave()
  }

  /// Queues a link without a word on the page.
  func queue(_ link: String, showing sight: Sight) async throws {
    try guide.terminal.make(.paste(link))
    try await guide.wait("\(link) is pasted", for: "Add downloads", sight)
    try guide.terminal.make(.key("Enter"))
    try await guide.wait("\(link) is queued", for: .without("Add downloads"))
  }

  /// Takes the README's picture in a terminal that is as high as the list.
  func takePicture() async throws {
    try guide.terminal.resize(columns: 100, rows: 11)
    try await guide.wait("the picture", for: .rows(11), "a add")
    let screen = StyledScreen(guide.terminal.styledText, columns: 100)
    picture = ScreenPicture(screen: screen, title: "The screen of Winch with seven downloads").svg
    try guide.terminal.resize(columns: 100, rows: 30)
    try await guide.wait("the terminal is as it was", for: .rows(30), "a add")
  }
}

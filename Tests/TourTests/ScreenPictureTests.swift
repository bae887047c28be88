import Testing

@testable import Tour

@Suite("A screen as a picture")
struct ScreenPictureTests {
  private func picture(_ captured: String, columns: Int = 20) -> String {
    ScreenPicture(screen: StyledScreen(captured, columns: columns), title: "a <b>").svg
  }

  @Test("text stands in the column where it stood, in its colour")
  func columns() {
    let svg = picture("ab  \u{1B}[31mred\u{1B}[0m")
    #expect(svg.contains(##"<tspan x="12" fill="#d7dae0">ab</tspan>"##))
    #expect(svg.contains(##"<tspan x="45.6" fill="#e06c75">red</tspan>"##))
  }

  @Test("what XML reads as markup is escaped")
  func escapes() {
    let svg = picture(#"<&">"#)
    #expect(svg.contains(">&lt;&amp;&quot;&gt;</tspan>"))
    #expect(svg.contains("<title>a &lt;b&gt;</title>"))
  }

  @Test("full blocks are one rectangle, a part of a block is a part of its cell")
  func blocks() {
    let svg = picture("██▌x")
    #expect(svg.contains(##"<rect x="12" y="12" width="21" height="18" fill="#d7dae0"/>"##))
    #expect(!svg.contains("█"))
    #expect(svg.contains(##"<tspan x="37.2" fill="#d7dae0">x</tspan>"##))
  }

  @Test("a reversed row is filled to its end")
  func reversed() {
    let svg = picture("\u{1B}[7mrow\n\u{1B}[0mnext", columns: 10)
    #expect(svg.contains(##"<rect x="12" y="12" width="84" height="18" fill="#d7dae0"/>"##))
    #expect(svg.contains(##"<tspan x="12" fill="#1c1f26">row</tspan>"##))
    #expect(svg.contains(##"<tspan x="12" fill="#d7dae0">next</tspan>"##))
  }

  @Test(
    "every way to name a colour is understood",
    arguments: [
      ("92", "#98c379"), ("38;5;196", "#ff0000"), ("38;5;244", "#808080"),
      ("38;2;1;2;255", "#0102ff"), ("31;39", "#d7dae0"), ("1;36;22", "#56b6c2"),
    ])
  func colors(codes: String, color: String) {
    #expect(picture("\u{1B}[\(codes)mx").contains("fill=\"\(color)\">x<"))
  }
}

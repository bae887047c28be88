import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("The picture in the details")
struct PreviewTests {
  private func state(
    columns: Int = 64, rows: Int = 20, isUnicode: Bool = true, colors: Int = 256
  ) throws -> State {
    try screen(
      [download(1, "a.bin", .completed), download(2, "b.bin", .completed)], columns: columns,
      rows: rows, isUnicode: isUnicode, colors: colors)
  }

  /// Where cells of a picture stand: column, row and colours.
  private func blocks(_ frame: Frame) -> [String] {
    (0..<frame.size.rows).flatMap { row in
      (0..<frame.size.columns).compactMap { column in
        guard frame[column, row].text == "▀" else { return nil }
        let style = frame[column, row].style
        return "\(column),\(row) \(style.foreground) \(style.background)"
      }
    }
  }

  @Test("it is asked for once when the details are opened")
  func asks() throws {
    var state = try state()
    #expect(state.tap(.home, .enter) == [.showPreview(download(1, "a.bin", .completed))])
    #expect(state.apply(.clock(noon.addingTimeInterval(1))) == [])
    state.tap(.escape)
    #expect(state.tap(.enter) == [])
  }

  @Test("for a download without a link none is asked, and nothing is said of it")
  func noLink() throws {
    var foreign = download(1, "a.bin")
    foreign.url = ""
    var state = try screen([foreign], columns: 64, rows: 30)
    #expect(state.tap(.enter) == [])
    #expect(!picture(of: state.frame()).contains("Picture"))
    foreign.assetID = "7"
    state = try screen([foreign], columns: 64, rows: 30)
    #expect(state.tap(.enter) == [.showPreview(foreign)])
    _ = state.apply(.outcome(.preview(identifier(1), .nothing(nil))))
    #expect(!picture(of: state.frame()).contains("Picture"))
  }

  @Test("one that did not come is asked for again when the details are opened again")
  func asksAgain() throws {
    var state = try state()
    state.tap(.home, .enter)
    _ = state.apply(.outcome(.preview(identifier(1), .failed("The picture did not come."))))
    state.tap(.end)
    #expect(picture(of: state.frame()).contains("Picture      The picture did not come."))
    #expect(state.apply(.clock(noon.addingTimeInterval(1))) == [])
    state.tap(.escape)
    #expect(state.tap(.enter) == [.showPreview(download(1, "a.bin", .completed))])
  }

  @Test("it stands below everything else on a narrow screen")
  func below() throws {
    var state = try state()
    state.tap(.home, .enter)
    _ = state.apply(.outcome(.preview(identifier(1), .picture(try pixels("rg", "bw", "hh")))))
    state.tap(.end)
    #expect(state.frame().text(16) == "Picture      ▀▀")
    #expect(
      blocks(state.frame()) == [
        "13,16 rgb(255, 0, 0) rgb(0, 0, 255)", "14,16 rgb(0, 255, 0) rgb(255, 255, 255)",
        "13,17 rgb(128, 128, 128) standard", "14,17 rgb(128, 128, 128) standard",
      ])
  }

  @Test("it stands at the right of a wide screen, and the text keeps clear of it")
  func beside() throws {
    var long = download(1, "a.bin", .completed)
    long.path = String(repeating: "x", count: 300)
    var state = try screen([long], columns: 100, rows: 30)
    state.tap(.enter)
    let picture = try #require(
      Picture(width: 30, height: 20, bytes: Array(repeating: 255, count: 1800)))
    _ = state.apply(.outcome(.preview(identifier(1), .picture(picture))))
    let frame = state.frame()
    #expect(blocks(frame).count == 300)
    for row in 2..<12 {
      #expect(frame.text(row).hasSuffix("  " + String(repeating: "▀", count: 30)), "\(row)")
    }
    #expect(frame.text(12).count <= 68)
  }

  @Test("in the pane beside the table it stands below the facts where all of it has room")
  func aside() throws {
    var settings = ScreenSettings()
    settings.table.hasSidePane = true
    for (rows, isShown) in [(50, true), (24, false)] {
      var state = try screen(
        [download(1, "a.bin", .completed)], columns: 120, rows: rows, settings: settings)
      let asked = state.apply(.clock(noon))
      #expect(asked == [.showPreview(download(1, "a.bin", .completed))])
      let picture = try #require(
        Picture(width: 30, height: 12, bytes: Array(repeating: 255, count: 1080)))
      _ = state.apply(.outcome(.preview(identifier(1), .picture(picture))))
      #expect(blocks(state.frame()).count == (isShown ? 180 : 0), "\(rows)")
    }
  }

  @Test("on a slow line none is asked for and none is drawn, which is said")
  func slowLine() throws {
    var state = try state()
    state.isLowBandwidth = true
    #expect(state.tap(.home, .enter) == [])
    state.tap(.end)
    #expect(picture(of: state.frame()).contains("Picture      not shown: the line is slow"))
  }

  @Test("it is not drawn over the JSON")
  func json() throws {
    var state = try state(columns: 120)
    state.tap(.home, .enter, .character("w"))
    _ = state.apply(.outcome(.preview(identifier(1), .picture(try pixels("rg")))))
    #expect(blocks(state.frame()).isEmpty)
  }

  @Test("the picture of another download is not shown")
  func other() throws {
    var state = try state()
    state.tap(.home, .enter)
    _ = state.apply(.outcome(.preview(identifier(2), .picture(try pixels("rg")))))
    state.tap(.end)
    #expect(blocks(state.frame()).isEmpty)
  }

  @Test(
    "a terminal that cannot show it says so and asks for nothing",
    arguments: [(false, 256, "ASCII only"), (true, 8, "fewer than 256"), (true, 0, "fewer than")])
  func incapable(isUnicode: Bool, colors: Int, reason: String) throws {
    var state = try state(isUnicode: isUnicode, colors: colors)
    #expect(state.tap(.home, .enter) == [])
    state.tap(.end)
    #expect(picture(of: state.frame()).contains("Picture      not shown: this terminal"))
    #expect(picture(of: state.frame()).contains(reason))
    _ = state.apply(.outcome(.preview(identifier(1), .picture(try pixels("rg")))))
    #expect(blocks(state.frame()).isEmpty)
  }

  @Test("a small screen asks for none", arguments: [(39, 24), (80, 10), (16, 3), (0, 0)])
  func small(columns: Int, rows: Int) throws {
    var state = try state(columns: columns, rows: rows)
    #expect(state.tap(.home, .enter) == [])
  }

  @Test("i hides it, which is remembered, and shows it again")
  func toggles() throws {
    var state = try state()
    state.tap(.home, .enter)
    _ = state.apply(.outcome(.preview(identifier(1), .picture(try pixels("rg")))))
    var settings = ScreenSettings()
    settings.showsPreviews = false
    #expect(state.tap(.character("i")) == [.saveSettings(settings)])
    state.tap(.end)
    #expect(blocks(state.frame()).isEmpty)
    settings.showsPreviews = true
    #expect(state.tap(.character("i")) == [.saveSettings(settings)])
    state.tap(.end)
    #expect(blocks(state.frame()).count == 2)
  }

  @Test("the pictures looked at last are kept, the others given up")
  func bounded() {
    var shelf = PreviewShelf()
    let asked = (0...PreviewShelf.most).map { number in
      let isAsked = shelf.ask(for: identifier(number))
      shelf.take(.nothing("none"), of: identifier(number))
      return isAsked
    }
    #expect(asked.allSatisfy { $0 })
    #expect(shelf[identifier(0)] == nil)
    #expect(shelf[identifier(1)] == .nothing("none"))
    let again = [0, PreviewShelf.most].map { shelf.ask(for: identifier($0)) }
    #expect(again == [true, false])
  }
}

import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("Themes") struct ThemeTests {
  /// Every status a download can have, an unknown one and silence included.
  private var labels: [StatusLabel] {
    var unverified = download(1, "a", .completed)
    unverified.verified = false
    let statuses: [DownloadStatus] = [
      .queued, .created, .running, .completed, .failed, .cancelled, .cancellationPending,
      DownloadStatus(rawValue: "odd"),
    ]
    let phases: [TaskPhase] = [.resolving, .downloading, .verifying, .placing, .paused, .waiting]
    return [StatusLabel(unverified), StatusLabel(unverified, silence: 90)]
      + statuses.map { StatusLabel(download(1, "a", $0)) }
      + phases.filter { $0 != .downloading }.map {
        StatusLabel(download(1, "a", .running, phase: $0))
      }
  }

  @Test("Every status has a word of its own, but what waits is queued, here or at the backend")
  func words() {
    let words = labels.map(\.word)
    #expect(words.filter { $0 == "queued" }.count == 2)
    #expect(Set(words).count == labels.count - 1)
  }

  @Test("Where only the mark is seen, no two that differ by their colour have the same")
  func marks() {
    for first in labels {
      for second in labels where first.tone != second.tone {
        #expect(first.mark != second.mark, "\(first.word), \(second.word)")
        #expect(first.plainMark != second.plainMark, "\(first.word), \(second.word)")
      }
    }
  }

  @Test("The words and marks on the screen are the same with colours and without")
  func same() throws {
    for size in [Size(columns: 120, rows: 40), Size(columns: 30, rows: 12)] {
      let pictures = try [0, 8, 256].map { colors in
        picture(
          of: try screen(
            usualDownloads(), columns: size.columns, rows: size.rows, colors: colors
          ).frame())
      }
      #expect(Set(pictures).count == 1)
    }
  }

  @Test("Without colours no cell has one", arguments: [(0, ThemeName.light), (256, .mono)])
  func none(colors: Int, name: ThemeName) throws {
    var settings = ScreenSettings()
    settings.theme = name
    let frame = try screen(usualDownloads(), colors: colors, settings: settings).frame()
    for cell in frame.cells {
      #expect(cell.style.foreground == .standard)
      #expect(cell.style.background == .standard)
    }
  }

  @Test("Good, bad and a warning look different in every theme, on every terminal with colours")
  func different() {
    for name in ThemeName.allCases where name != .mono {
      for colors in [8, 16, 256, 1 << 24] {
        let theme = Theme(name, Capabilities(colors: colors))
        #expect(Set([theme.good, theme.warning, theme.bad, theme.active]).count == 4)
      }
    }
  }

  @Test("The theme for colour-blind people has neither green nor red of the terminal's own")
  func colorblind() {
    for background in [Background.dark, .light] {
      let theme = Theme(.colorblind, Capabilities(background: background))
      for style in [theme.good, theme.warning, theme.bad, theme.active] {
        #expect(style.foreground != .green && style.foreground != .red)
      }
    }
  }

  @Test("What a theme colours by itself can be read on its background")
  func contrast() {
    for name in ThemeName.allCases where name.background != nil {
      let theme = Theme(name, Capabilities(colors: 256))
      let ground = name.background == .light ? 1.0 : 0.0
      for style in [theme.good, theme.warning, theme.bad, theme.active] {
        guard case .rgb(let red, let green, let blue) = style.foreground else { continue }
        let ink = luminance(red, green, blue)
        let contrast = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
        #expect(contrast >= 4.5, "\(name) \(style.foreground)")
      }
    }
  }

  /// WCAG 2.2, "relative luminance".
  private func luminance(_ parts: UInt8...) -> Double {
    let linear = parts.map { part in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  @Test("By itself the theme follows the background that the terminal tells of")
  func follows() throws {
    var state = try screen()
    #expect(state.theme == Theme(.dark, state.capabilities))
    _ = state.apply(.background(.light))
    #expect(state.theme == Theme(.light, state.capabilities))
    #expect(Theme(.dark, state.capabilities) != state.theme)
  }

  @Test("A theme chosen on the screen is kept, and gives way to the configuration's again")
  func chosen() throws {
    var state = try screen()
    let commands = state.type(":theme light") + state.tap(.enter)
    #expect(state.theme == Theme(.light, state.capabilities))
    guard case .saveSettings(let settings)? = commands.last else {
      Issue.record("nothing was saved")
      return
    }
    #expect(settings.theme == .light)
    #expect(
      try WireFormat.decode(ScreenSettings.self, from: WireFormat.encodeText(settings).utf8)
        == settings)
    _ = state.type(":theme config") + state.tap(.enter)
    #expect(state.themeName == .auto)
    #expect(state.settings.theme == nil)
  }

  @Test("A name that no theme has is refused by that name")
  func unknown() throws {
    var state = try screen([], columns: 80)
    _ = state.type(":theme pink") + state.tap(.enter)
    #expect(state.message?.text.hasPrefix("There is no theme pink. There are auto, dark,") == true)
    #expect(state.settings.theme == nil)
  }

  @Test("Without a name the theme is told, and where there are no colours why there is none")
  func told() throws {
    var state = try screen()
    _ = state.type(":theme") + state.tap(.enter)
    #expect(state.message?.text.contains("colorblind-light") == true)
    var plain = try screen(colors: 0)
    _ = plain.type(":theme light") + plain.tap(.enter)
    #expect(plain.message?.text.contains("NO_COLOR") == true)
  }
}

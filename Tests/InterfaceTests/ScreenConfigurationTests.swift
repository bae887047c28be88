import Testing

@testable import Interface

@Suite("The file of settings while the screen is open")
struct ScreenConfigurationTests {
  @Test("changed keys, theme and notifications hold at once")
  func takenOver() throws {
    var state = try screen(usualDownloads())
    let keys = KeyMap(changes: ["quit": [.function(9)]])
    _ = state.apply(
      .configuration(ScreenConfiguration(theme: .mono, notifications: .off, keys: keys)))
    #expect(state.themeName == .mono)
    #expect(state.message?.text == "The changed config.yaml is taken over.")
    state.tap(.function(9))
    #expect(!state.isRunning)
  }

  @Test("a choice made on the screen wins, and it is said how to undo that")
  func chosen() throws {
    var settings = ScreenSettings()
    settings.theme = .light
    var state = try screen(usualDownloads(), settings: settings)
    _ = state.apply(.configuration(ScreenConfiguration(theme: .dark)))
    #expect(state.themeName == .light)
    #expect(state.message?.text.contains(":theme config") == true)
    _ = state.setTheme("config")
    #expect(state.themeName == .dark)
  }
}

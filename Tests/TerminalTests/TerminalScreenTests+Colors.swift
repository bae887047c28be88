import Foundation
import Interface
import Testing

@testable import Terminal

extension TerminalScreenTests {
  private func colored(_ colors: Color...) -> Frame {
    var frame = Frame(size: Size(columns: 80, rows: 24))
    for (column, color) in colors.enumerated() {
      frame.write("x", column: column, row: 0, style: Style(foreground: color))
    }
    return frame
  }

  @Test("With NO_COLOR no colour is sent")
  func noColor() async throws {
    let environment = ["TERM": "xterm-256color", "NO_COLOR": "1"]
    try await PseudoTerminal.withScreen(environment: environment) { screen, terminal in
      screen.present(colored(.red, .palette(245), .rgb(0, 100, 200)))
      #expect(screen.capabilities.colors == 0)
      let sent = terminal.takeText()
      #expect(sent.contains("xxx"), "\(sent.debugDescription)")
      #expect(sent.firstMatch(of: /\u{1B}\[[\d;]*[34][0-8]/) == nil)
    }
  }

  @Test("A colour of 24 bits is sent as the nearest of 256")
  func nearest() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      screen.present(colored(.rgb(0xD8, 0x60, 0)))
      #expect(terminal.takeText().contains("\u{1B}[38;5;166m"))
    }
  }

  @Test("TERM=xterm with COLORTERM=truecolor has 256 colours")
  func kin() async throws {
    let environment = ["TERM": "xterm", "COLORTERM": "truecolor"]
    try await PseudoTerminal.withScreen(environment: environment) { screen, terminal in
      #expect(screen.capabilities.colors == 256)
      screen.present(colored(.palette(245)))
      #expect(terminal.takeText().contains("\u{1B}[38;5;245m"))
    }
  }

  @Test("Where terminfo knows of direct colours they are sent as they are")
  func direct() async throws {
    let folder = try DirectColors.describe()
    defer { DirectColors.forget(folder) }
    try await PseudoTerminal.withScreen(environment: ["TERM": DirectColors.name]) {
      screen, terminal in
      #expect(screen.capabilities.colors == 1 << 24)
      screen.present(colored(.rgb(1, 2, 3), .red, .palette(245), .rgb(0, 0, 2)))
      let sent = terminal.takeText()
      for part in ["38:2::1:2:3m", "[31m", "38:2::138:138:138m", "38:2::0:0:8m"] {
        #expect(sent.contains(part), "\(part) in \(sent.debugDescription)")
      }
    }
  }
}

/// A terminal whose colours are numbers of 24 bits, described to this process alone.
private enum DirectColors {
  static let name = "winch-direct"

  private static let description = #"""
    winch-direct|a terminal of direct colours,
      RGB, colors#0x1000000, pairs#0x7FFF, use=xterm-256color,
      setaf=\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
      setab=\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,

    """#

  static func describe() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("winch-terminfo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = folder.appendingPathComponent("source")
    try Data(description.utf8).write(to: source)
    let tic = try Process.run(
      URL(fileURLWithPath: "/usr/bin/tic"), arguments: ["-x", "-o", folder.path, source.path])
    tic.waitUntilExit()
    #expect(tic.terminationStatus == 0)
    setenv("TERMINFO", folder.path, 1)
    return folder
  }

  static func forget(_ folder: URL) {
    unsetenv("TERMINFO")
    try? FileManager.default.removeItem(at: folder)
  }
}

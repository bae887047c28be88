import ComfyAPI
import Downloads
import Foundation
import Interface
import Testing

@testable import Terminal

/// Texts that would act on a terminal, hide something or break the layout if they came to it.
enum HostileTexts: String, CaseIterable, CustomTestStringConvertible {
  case c0, c1, sequences, bidirectional, zeroWidth, noUTF8, long

  var testDescription: String { rawValue }

  /// One for each download.
  var all: [String] {
    switch self {
    case .c0: (Array(0..<0x20) + [0x7F]).map(Self.around)
    case .c1: (0x80..<0xA0).map(Self.around)
    case .sequences:
      [
        "\u{1B}[2J", "\u{1B}[31mred", "\u{1B}[?1049l", "\u{1B}[6n", "\u{1B}[?1000h", "\u{1B}c",
        "\u{1B}]2;title\u{7}", "\u{1B}]2;title\u{1B}\\", "\u{1B}]52;c;YQ==\u{7}",
        "\u{1B}]8;;https://example.com\u{1B}\\link", "\u{1B}P$q\"p\u{1B}\\",
        "\u{1B}_Gf=24;\u{1B}\\",
        "\u{1B}^private\u{1B}\\", "\u{1B}Xstring\u{1B}\\", "\u{1B}(0", "\u{1B}#8", "\u{1B}",
        "\u{9B}2J", "\u{9D}2;title\u{9C}", "\u{90}q\u{9C}", "\u{9F}G\u{9C}",
      ].map { "a\($0)b" }
    case .bidirectional:
      ([0x61C, 0x200E, 0x200F] + Array(0x202A...0x202E) + Array(0x2066...0x2069)).map(Self.around)
    case .zeroWidth:
      ([
        0xAD, 0x34F, 0x180E, 0x200B, 0x200C, 0x200D, 0x2028, 0x2029, 0x2060, 0x2064, 0xFE0F, 0xFEFF,
      ]
        + [0xFFF9, 0xFFFB, 0xE0001, 0xE0061, 0xE0100]).map(Self.around)
        + ["a" + String(repeating: "\u{301}", count: 2000) + "b", "\u{200D}\u{301}"]
    case .noUTF8:
      [[0x61, 0xFF, 0x62], [0xC0, 0x9B, 0x62], [0x61, 0xE2, 0x80], [0x9B, 0x32, 0x4A]].map {
        String(decoding: $0, as: UTF8.self)
      }
    case .long:
      ["model", "模型", "e\u{301}", "\u{1B}[A"].map {
        String(String(repeating: $0, count: 10_000).prefix(10_000))
      }
    }
  }

  private static func around(_ value: UInt32) -> String {
    var text = "a"
    text.unicodeScalars.append(contentsOf: [Unicode.Scalar(value)].compactMap(\.self))
    return text + "b"
  }

  /// Letters and spaces that are as wide as the text is drawn.
  static func harmless(_ text: String) -> String {
    var letters = 0
    return TextWidth.clusters(of: text).map { cluster in
      if cluster.text == " " { return " " }
      letters += 1
      // Not one letter over and over, for which ncurses has an abbreviation.
      let letter = Unicode.Scalar(UInt8(ascii: "c") + UInt8(letters % 20))
      return cluster.width == 2 ? "字" : String(Character(letter))
    }.joined()
  }
}

extension TerminalScreenTests {
  /// The table, the details and the message line; nothing is on its way besides.
  private struct Screens {
    let texts: [String]
    let locale: String

    @MainActor
    func output() async throws -> [UInt8] {
      var output: [UInt8] = []
      try await PseudoTerminal.withScreen(columns: 120, rows: 40, locale: locale) {
        screen, terminal in
        // It has answered all, so nobody waits for it at the end.
        terminal.type("\u{1B}[?62c")
        _ = terminal.takeOutput()
        var state = State(
          size: screen.size, capabilities: screen.capabilities,
          hosts: try SourceHosts(environment: [:]), snapshot: snapshot(.online), now: start)
        screen.present(state.frame())
        for _ in 0..<3 {
          _ = state.apply(.key(.enter))
          screen.present(state.frame())
          _ = state.apply(.key(.pageDown))
          screen.present(state.frame())
          _ = state.apply(.key(.escape))
          _ = state.apply(.key(.character("j")))
        }
        for text in texts {
          _ = state.apply(.outcome(.problem(text)))
          screen.present(state.frame())
        }
        _ = state.apply(.snapshot(snapshot(.offline(texts[0]))))
        screen.present(state.frame())
        output = terminal.takeOutput()
      }
      return output
    }

    private var start: Date { Date(timeIntervalSince1970: 1_750_000_000) }

    private func snapshot(_ connection: BackendState.Connection) -> BoardSnapshot {
      BoardSnapshot(
        downloads: texts.enumerated().map(download),
        backend: BackendState(name: "local", connection: connection))
    }

    private func download(number: Int, text: String) -> Download {
      var download = Download(
        id: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number))),
        backend: text, url: "https://huggingface.co/o/n/resolve/main/" + text, name: text,
        createdAt: start, status: .failed)
      download.folder = text
      download.path = text
      download.tags = [text, text]
      download.userMetadata = ["base_model": .string(text)]
      download.failure = DownloadFailure(code: text, message: text, hint: text)
      return download
    }
  }

  /// To a cell and over blanks; of these ncurses takes whichever is shortest.
  private static let ways = Set("ABCDGHKXbd".map { "CSI \($0)" } + ["C0 8", "C0 A", "C0 D"])

  @Test(
    "Text from outside gives the terminal no control that letters do not",
    arguments: HostileTexts.allCases, ["C.UTF-8", "C"])
  func hostile(_ texts: HostileTexts, locale: String) async throws {
    let bytes = try await Screens(texts: texts.all, locale: locale).output()
    let harmless = texts.all.map(HostileTexts.harmless)
    let plain = OutputSequences(try await Screens(texts: harmless, locale: locale).output())
    let output = OutputSequences(bytes)
    #expect(output.kinds.subtracting(Self.ways) == plain.kinds.subtracting(Self.ways))
    #expect(!bytes.contains(7), "a bell")
    let others = output.kinds.filter { !$0.hasPrefix("CSI") }
    #expect(others.isSubset(of: ["C0 8", "C0 A", "C0 D", "ESC (B"]), "\(others)")
    let invisible = output.text.filter {
      switch $0.properties.generalCategory {
      case .format, .control, .lineSeparator, .paragraphSeparator: true
      default: $0.properties.isBidiControl
      }
    }
    #expect(invisible.isEmpty)
    if locale == "C" { #expect(bytes.allSatisfy { $0 < 0x80 }) }
  }

  @Test("A name of ten thousand letters is cut to its place in the table")
  func longName() async throws {
    try await PseudoTerminal.withScreen { screen, terminal in
      let name = String(repeating: "winch", count: 2000)
      let download = Download(
        id: UUID(), backend: "local", url: "https://huggingface.co/o/n/resolve/main/a", name: name,
        createdAt: .now)
      let state = State(
        size: screen.size, capabilities: screen.capabilities,
        hosts: try SourceHosts(environment: [:]),
        snapshot: BoardSnapshot(
          downloads: [download], backend: BackendState(name: "local", connection: .online)),
        now: .now)
      _ = terminal.takeOutput()
      screen.present(state.frame())
      let text = String(String.UnicodeScalarView(OutputSequences(terminal.takeOutput()).text))
      #expect(text.contains("winchwinch"))
      #expect(text.contains("…"))
      #expect(text.count < 24 * 80)
    }
  }
}

import ComfyAPI
import Downloads
import Foundation
import Interface
import Testing

@testable import Terminal

extension TerminalScreenTests {
  /// What a fixed script of events costs on the line. The figures are those of today: who makes the
  /// screen write more has to say so here, and who makes it write less sets them lower.
  @Suite("Bytes to the terminal") @MainActor struct ByteBudgetTests {
    private static let start = Date(timeIntervalSince1970: 1_750_000_000)

    @Test(
      "half a minute of 100 moving downloads costs what it did, and half of that on a slow line",
      arguments: [(isLowBandwidth: false, budget: 37_300), (isLowBandwidth: true, budget: 6_200)])
    func budget(isLowBandwidth: Bool, budget: Int) async throws {
      let bytes = try await Self.bytes(isLowBandwidth: isLowBandwidth)
      #expect(bytes <= budget * 11 / 10, "\(bytes) bytes")
      #expect(bytes >= budget * 9 / 10, "\(bytes) bytes: the budget can be lowered")
    }

    @Test("nothing is written while nothing changes")
    func silence() async throws {
      try await PseudoTerminal.withScreen(columns: 120, rows: 40) { screen, terminal in
        var state = try Self.state(of: screen)
        screen.present(state.frame(), state.modes)
        _ = terminal.takeOutput()
        for second in 1...30 {
          _ = state.apply(.clock(Self.start + Double(second)))
          _ = state.apply(.snapshot(Self.snapshot(at: 0)))
          screen.present(state.frame(), state.modes)
        }
        #expect(terminal.takeText() == "")
      }
    }

    private static func bytes(isLowBandwidth: Bool) async throws -> Int {
      var bytes = 0
      try await PseudoTerminal.withScreen(columns: 120, rows: 40) { screen, terminal in
        var state = try Self.state(of: screen, isLowBandwidth: isLowBandwidth)
        screen.present(state.frame(), state.modes)
        _ = terminal.takeOutput()
        for tenth in 1...300 {
          if tenth % 10 == 0 { _ = state.apply(.clock(start + Double(tenth) / 10)) }
          if tenth % 5 == 0 { _ = state.apply(.snapshot(snapshot(at: Double(tenth) / 10))) }
          if tenth % 100 == 0 { _ = state.apply(.key(.character("k"))) }
          screen.present(state.frame(), state.modes)
          if tenth % 50 == 0 { bytes += terminal.takeOutput().count }
        }
      }
      return bytes
    }

    private static func state(
      of screen: TerminalScreen, isLowBandwidth: Bool = false
    ) throws -> State {
      State(
        size: screen.size, capabilities: screen.capabilities,
        hosts: try SourceHosts(environment: [:]), snapshot: snapshot(at: 0),
        isLowBandwidth: isLowBandwidth, now: start)
    }

    /// Speeds that vary as speeds do, and bytes that are their sum.
    private static func snapshot(at seconds: Double) -> BoardSnapshot {
      let downloads = (0..<100).map { number in
        let base = 400_000 + Double(number % 53) * 170_000
        let wave = 0.2 * sin(seconds / 3 + Double(number))
        var download = Download(
          id: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number))),
          backend: "local", url: "https://huggingface.co/o/n/resolve/main/\(number).bin",
          name: "some-model-\(number)-fp16.safetensors", createdAt: start, status: .running)
        download.taskID = "\(number)"
        download.phase = .downloading
        download.bytesTotal = 20_000_000_000 + Int64(number) * 123_456_789
        download.bytesDownloaded = Int64(number) * 200_000_000 + Int64(base * seconds)
        download.bytesPerSecond = seconds > 0 ? Int64(base * (1 + wave)) : nil
        return download
      }
      return BoardSnapshot(
        downloads: downloads,
        backend: BackendState(name: "local", connection: .online, freeBytes: 500_000_000_000))
    }
  }
}

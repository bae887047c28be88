import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("A slow line")
struct LowBandwidthTests {
  private func news(_ bytes: Int64, _ status: DownloadStatus = .running) -> Event {
    .snapshot(
      BoardSnapshot(
        downloads: [
          download(1, "a.bin", status, total: 1000, bytes: bytes, speed: 100_000_000)
        ],
        backend: BackendState(name: "local", connection: .online)))
  }

  private func shown(_ state: State) -> Int64? { state.list.downloads.first?.bytesDownloaded }

  @Test("news is drawn every five seconds, the newest then")
  func news() throws {
    var state = try screen(isLowBandwidth: true)
    for bytes: Int64 in [100, 200, 300] { _ = state.apply(news(bytes)) }
    #expect(shown(state) == 100)
    _ = state.apply(.clock(noon + 4))
    #expect(shown(state) == 100)
    _ = state.apply(.clock(noon + 5))
    #expect(shown(state) == 300)
  }

  @Test("what comes of a key is drawn at once")
  func keys() throws {
    var state = try screen(isLowBandwidth: true)
    _ = state.apply(news(100))
    state.tap(.character("d"))
    _ = state.apply(news(100, .cancelled))
    #expect(state.list.downloads.first?.status == .cancelled)
  }

  @Test("bars are made of ASCII, and there are no graphs")
  func plain() throws {
    var state = try screen(isLowBandwidth: true)
    for second in 0..<8 {
      _ = state.apply(.clock(noon + Double(5 * second)))
      _ = state.apply(news(Int64(second * 100)))
    }
    let picture = picture(of: state.frame())
    #expect(picture.contains("#######..."), "\(picture)")
    #expect(!picture.contains(where: "▁▂▃▄▅▆▇█·".contains), "\(picture)")
    state.tap(.enter)
    #expect(!Self.text(state).unicodeScalars.contains { (0x2800...0x28FF).contains($0.value) })
  }

  private static func text(_ state: State) -> String { picture(of: state.frame()) }

  @Test("a terminal that is slow is noticed and said, unless the user has chosen")
  func noticed() throws {
    var state = try screen()
    _ = state.apply(.slowLine)
    #expect(state.isLowBandwidth)
    #expect(state.message?.text.contains(":low-bandwidth") == true)
    _ = state.type(":low-bandwidth off")
    state.tap(.enter)
    #expect(!state.isLowBandwidth)
    _ = state.apply(.slowLine)
    #expect(!state.isLowBandwidth)
  }
}

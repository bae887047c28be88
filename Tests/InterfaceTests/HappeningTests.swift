import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("What happens without a key")
struct HappeningTests {
  private func snapshot(
    _ downloads: [Download], _ connection: BackendState.Connection = .online
  ) -> Event {
    .snapshot(
      BoardSnapshot(
        downloads: downloads, backend: BackendState(name: "local", connection: connection)))
  }

  @Test("the end of a download is said, logged and told of")
  func completion() throws {
    var state = try screen([download(1, "a.bin"), download(2, "b.bin")], rows: 8)
    let done = download(1, "a.bin", .completed)
    #expect(
      state.apply(snapshot([done, download(2, "b.bin")])) == [
        .ended([done], isQueueDone: false),
        .notify(DesktopNotification(title: "Winch", body: "a.bin completed.")),
      ])
    #expect(state.frame().text(6) == "a.bin completed.")
    #expect(state.messages.entries.map(\.message.text) == ["a.bin completed."])
  }

  @Test("the last end says that all have ended")
  func queueDone() throws {
    var state = try screen([download(1, "a.bin")])
    let failed = download(1, "a.bin", .failed)
    #expect(
      state.apply(snapshot([failed])).last
        == .notify(
          DesktopNotification(title: "Winch: all downloads have ended", body: "a.bin failed.")))
  }

  @Test("what had ended before, and what comes ended, is no news")
  func oldNews() throws {
    var state = try screen([download(1, "a.bin", .completed)])
    let both = [download(1, "a.bin", .completed), download(2, "b.bin", .failed)]
    #expect(state.apply(snapshot(both)) == [])
    #expect(state.messages.entries.isEmpty)
  }

  @Test("many ends are one sentence")
  func many() throws {
    var state = try screen((1...9).map { download($0, "\($0)") })
    _ = state.apply(snapshot((1...9).map { download($0, "\($0)", .completed) }))
    #expect(state.messages.entries.map(\.message.text) == ["9 downloads completed."])
  }

  @Test("what a key has just said stays in sight")
  func doesNotCover() throws {
    var state = try screen([download(1, "a.bin"), download(2, "b.bin")])
    state.tap(.character("d"))
    _ = state.apply(snapshot([download(1, "a.bin", .completed), download(2, "b.bin")]))
    #expect(state.message?.text == "Cancelling b.bin; u takes it back.")
    #expect(state.messages.entries.last?.message.text == "a.bin completed.")
  }

  @Test("a backend that goes and comes back is in the log")
  func connection() throws {
    var state = try screen([])
    _ = state.apply(snapshot([], .offline("The line is cut.")))
    _ = state.apply(snapshot([], .online))
    #expect(
      state.messages.entries.map(\.message.text) == ["The line is cut.", "local answers again."])
  }

  @Test(
    "the wish to be told of the queue alone, or of nothing, is kept",
    arguments: [(NotificationWish.off, 0), (.queue, 1), (.each, 2)])
  func wishes(wish: NotificationWish, told: Int) throws {
    var settings = ScreenSettings()
    settings.chosenNotifications = wish
    var state = try screen([download(1, "a"), download(2, "b")], settings: settings)
    var commands = state.apply(snapshot([download(1, "a", .completed), download(2, "b")]))
    commands += state.apply(
      snapshot([download(1, "a", .completed), download(2, "b", .completed)]))
    let notifications = commands.filter { if case .notify = $0 { true } else { false } }
    #expect(notifications.count == told)
  }
}

@Suite("The header")
struct HeaderTests {
  @Test("what is held back is not waited for, and a task of two rows comes once")
  func heldBack() throws {
    var first = download(1, "a", .running, total: 100, bytes: 40, speed: 10)
    first.taskID = "t"
    var second = download(2, "a", .running, total: 100, bytes: 40, speed: 10)
    second.taskID = "t"
    let held = download(3, "b", .created, total: 1000, bytes: 0, phase: .paused)
    let counts = DownloadList.Counts([first, second, held])
    #expect(counts.bytesPerSecond == 10)
    #expect(counts.bytesToCome == 60)
    #expect(counts.secondsLeft == 6)
    #expect(counts.bytesWanted == 1060)
    #expect((counts.active, counts.paused) == (2, 1))
  }

  @Test("bytes to come stand beside the room for them, and what is short is said")
  func space() throws {
    func header(free: Int64) throws -> String {
      try screen(
        [download(1, "a", total: 12_000_000_000, bytes: 2_000_000_000, speed: 100_000_000)],
        columns: 110,
        backend: BackendState(name: "local", connection: .online, freeBytes: free)
      ).frame().text(0)
    }
    #expect(
      try header(free: 50_000_000_000).hasSuffix(
        "1 active  100 MB/s  1m40s left  10 GB to come  50 GB free"))
    #expect(
      try header(free: 5_000_000_000).hasSuffix(
        "1 active  100 MB/s  1m40s left  10 GB to come  only 5.0 GB free"))
  }

  @Test("the speed of the last minute is a small graph")
  func graph() throws {
    var state = try screen([download(1, "a", speed: 8)], columns: 110)
    for second in 0..<9 {
      let speed = Int64(second < 4 ? 8 : second < 8 ? 4 : 1)
      _ = state.apply(
        .snapshot(
          BoardSnapshot(
            downloads: [download(1, "a", speed: speed)],
            backend: BackendState(name: "local", connection: .online))))
      _ = state.apply(.clock(noon.addingTimeInterval(Double(second))))
    }
    #expect(state.frame().text(0).contains("█▄▁"))
  }

  @Test("a minute without a byte leaves no graph")
  func graphEnds() {
    var history = SpeedHistory()
    for second in 0..<100 {
      history.note(second < 8 ? 5 : 0, at: noon.addingTimeInterval(Double(second)))
    }
    #expect(
      history
        == {
          var other = SpeedHistory()
          other.note(0, at: noon.addingTimeInterval(99))
          return other
        }())
  }
}

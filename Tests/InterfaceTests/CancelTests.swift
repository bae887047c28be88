import Downloads
import Foundation
import Testing

@testable import Interface

private func snapshot(_ downloads: [Download]) -> Event {
  .snapshot(
    BoardSnapshot(
      downloads: downloads, backend: BackendState(name: "local", connection: .online)))
}

@Suite("Cancelling")
struct CancelTests {
  @Test("d cancels at once where what has arrived is kept")
  func cancels() throws {
    var state = try screen([download(1, "a.bin")], rows: 8)
    #expect(state.tap(.character("d")) == [.cancel([identifier(1)])])
    #expect(state.frame().text(6) == "Cancelling a.bin; u takes it back.")
  }

  @Test("u lets it go on, as soon as the backend has confirmed the cancel")
  func undone() throws {
    var state = try screen([download(1, "a.bin")])
    state.tap(.character("d"))
    _ = state.apply(snapshot([download(1, "a.bin", .cancellationPending)]))
    #expect(state.tap(.character("u")) == [])
    #expect(state.message?.text == "Going on with a.bin.")
    #expect(state.apply(snapshot([download(1, "a.bin", .cancellationPending)])) == [])
    #expect(
      state.apply(snapshot([download(1, "a.bin", .cancelled)])) == [.retry([identifier(1)])])
    #expect(state.apply(snapshot([download(1, "a.bin", .cancelled)])) == [])
  }

  @Test("u retries at once what is cancelled already")
  func undoneLate() throws {
    var state = try screen([download(1, "a.bin")])
    state.tap(.character("d"))
    _ = state.apply(snapshot([download(1, "a.bin", .cancelled)]))
    #expect(state.tap(.character("u")) == [.retry([identifier(1)])])
    #expect(state.tap(.character("u")) == [])
    #expect(state.message?.text == "There is nothing to take back.")
  }

  @Test("a download that ended before its cancel is left alone by u")
  func undoneInVain() throws {
    var state = try screen([download(1, "a.bin")])
    state.tap(.character("d"), .character("u"))
    _ = state.apply(snapshot([download(1, "a.bin", .completed)]))
    #expect(state.apply(snapshot([download(1, "a.bin", .cancelled)])) == [])
  }

  @Test("an engine elsewhere keeps the bytes too, and is not asked about")
  func remoteEngine() throws {
    var remote = download(1, "a.bin")
    remote.taskID = "1"
    var state = try screen(
      [remote], backend: BackendState(name: "gpu", connection: .online, abilities: [.retry]))
    #expect(state.tap(.character("d")) == [.cancel([identifier(1)])])
  }

  @Test(
    "where nothing is kept it asks first, and y cancels",
    arguments: ["cloud", "https://team.example"])
  func asks(backend: String) throws {
    var cloud = download(1, "a.bin")
    cloud.taskID = "1"
    var state = try screen(
      [cloud], rows: 8, backend: BackendState(name: backend, connection: .online))
    #expect(state.tap(.character("d")) == [])
    #expect(
      state.frame().text(6) == "Cancel a.bin? The backend begins anew when it is retried. y/n")
    #expect(state.frame().text(7) == "y yes  n no")
    #expect(state.tap(.character("y")) == [.cancel([identifier(1)])])
  }

  @Test("what ended cannot be cancelled, which is said")
  func tooLate() throws {
    var state = try screen([download(1, "a.bin", .completed)])
    #expect(state.tap(.character("d")) == [])
    #expect(state.message?.text == "It is completed: there is nothing left to cancel.")
  }
}

@Suite("Deleting")
struct DiscardTests {
  @Test("D asks, and y deletes")
  func asks() throws {
    var state = try screen([download(1, "a.bin")], rows: 8)
    #expect(state.tap(.character("D")) == [])
    #expect(state.frame().text(6) == "Delete a.bin with what has arrived? y/n")
    #expect(state.frame().text(7) == "y yes  n no  ! yes, do not ask again")
    #expect(state.tap(.character("y")) == [.discard([identifier(1)])])
  }

  @Test(
    "every answer but y and ! deletes nothing",
    arguments: [KeyPress.character("n"), .escape, .enter])
  func declined(key: KeyPress) throws {
    var state = try screen([download(1, "a.bin")], rows: 8)
    #expect(state.tap(.character("D"), key) == [])
    #expect(state.frame().text(6) == "Nothing was deleted.")
    #expect(state.isRunning)
  }

  @Test("the question keeps to its download while news arrive")
  func byIdentity() throws {
    var state = try screen([download(1, "a.bin"), download(2, "b.bin")])
    state.tap(.character("D"))
    _ = state.apply(snapshot([download(2, "b.bin"), download(3, "c.bin")]))
    #expect(state.tap(.character("y")) == [.discard([identifier(2)])])
  }

  @Test("! is yes, and remembered: it is not asked again")
  func notAskedAgain() throws {
    var state = try screen([download(1, "a.bin"), download(2, "b.bin")])
    let commands = state.tap(.character("D"), .character("!"))
    guard case .saveSettings(let settings)? = commands.first else {
      Issue.record("Nothing was remembered.")
      return
    }
    #expect(settings.unasked == ["discard"])
    #expect(commands.last == .discard([identifier(2)]))
    #expect(state.tap(.character("D")) == [.discard([identifier(2)])])
  }

  @Test("u queues it again, from the start")
  func undone() throws {
    var tagged = download(1, "a.bin", tags: ["flux"])
    tagged.folder = "loras"
    var state = try screen([tagged])
    state.tap(.character("D"), .character("y"))
    #expect(
      state.tap(.character("u")) == [
        .submit([
          Submission(url: tagged.url, tags: ["flux"], folder: Folder("loras"), name: "a.bin")
        ])
      ])
    #expect(state.message?.text == "Queued again, from the start: a.bin.")
  }

  @Test("the answer keys stay in sight on a narrow screen")
  func narrow() throws {
    var state = try screen([download(1, "a-long-name-of-a-model.bin")], columns: 20, rows: 5)
    state.tap(.character("D"))
    #expect(state.frame().text(3).hasSuffix(" y/n"))
  }

  @Test("x takes what has ended off the list, and u brings it back")
  func cleared() throws {
    let done = download(1, "a.bin", .completed)
    var state = try screen([done])
    #expect(state.tap(.character("x")) == [.forget([identifier(1)])])
    #expect(state.message?.text == "a.bin taken off the list; u brings it back.")
    #expect(state.tap(.character("u")) == [.restore([done])])
  }

  @Test("x leaves what is under way where it is, and says why")
  func notCleared() throws {
    var state = try screen([download(1, "a.bin")])
    #expect(state.tap(.character("x")) == [])
    #expect(
      state.message?.text == "Only downloads that have ended can be taken off the list.")
  }

  @Test("X takes everything off that is completed or cancelled, and leaves what failed")
  func endedCleared() throws {
    var state = try screen([
      download(1, "a", .completed), download(2, "b", .failed), download(3, "c", .cancelled),
      download(4, "d"),
    ])
    #expect(state.tap(.character("X")) == [.forget([identifier(1), identifier(3)])])
  }

  @Test("R retries everything that failed")
  func retriesFailed() throws {
    var state = try screen([
      download(1, "a", .failed), download(2, "b", .cancelled), download(3, "c", .failed),
    ])
    #expect(state.tap(.character("R")) == [.retry([identifier(1), identifier(3)])])
    #expect(state.message?.text == "Trying 2 downloads again.")
  }
}

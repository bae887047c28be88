import Downloads
import Testing

@testable import Interface

@Suite("Why downloads wait, as lines")
struct WaitNewsTests {
  private let start = ContinuousClock.now

  private func waiting(_ number: Int, for reason: String?) -> Download {
    var download = download(number, "\(number).safetensors", phase: .waiting)
    download.waitReason = reason
    return download
  }

  @Test("are said once, and again when the reason is another")
  func changes() {
    var news = WaitNews()
    let first = [waiting(1, for: "The host is busy."), waiting(2, for: nil)]
    #expect(news.lines(of: first, at: start) == ["1.safetensors: The host is busy."])
    #expect(news.lines(of: first, at: start + .seconds(60)) == [])
    #expect(news.lines(of: [waiting(1, for: nil)], at: start + .seconds(61)) == [])
    #expect(news.lines(of: first, at: start + .seconds(62)) == [])
    let other = [waiting(1, for: "There is no such host.")]
    #expect(
      news.lines(of: other, at: start + .seconds(62)) == [
        "1.safetensors: There is no such host."
      ])
  }

  @Test("say it in one line for all that wait for the same")
  func together() {
    var news = WaitNews()
    let all = (1...4).map { waiting($0, for: $0 == 2 ? "No." : "The host is busy.") }
    #expect(
      news.lines(of: all, at: start) == [
        "1.safetensors and 2 more: The host is busy.", "2.safetensors: No.",
      ])
  }

  @Test("follow mere figures only every ten seconds")
  func figures() {
    var news = WaitNews()
    func lines(_ size: Int, after seconds: Int) -> [String] {
      news.lines(
        of: [waiting(1, for: "Waiting for \(size) kB.")], at: start + .seconds(seconds))
    }
    #expect(lines(60, after: 0).count == 1)
    #expect(lines(61, after: 5) == [])
    #expect(lines(62, after: 10) == ["1.safetensors: Waiting for 62 kB."])
  }

  @Test("are no more than anybody reads")
  func many() {
    var news = WaitNews()
    let all = (1...20).map { waiting($0, for: "Waiting for file \($0).") }
    let lines = news.lines(of: all, at: start)
    #expect(lines.count == 5)
    #expect(lines.last == "16 more wait; winch ls tells for what.")
    #expect(news.lines(of: all, at: start + .seconds(20)) == [])
  }
}

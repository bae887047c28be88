import ComfyAPI
import Foundation
import Testing

@Suite("The header with a link's place")
struct QueuePlaceTests {
  private let queue = UUID()

  @Test("is read as it was written", arguments: [[], [7], [-1, 3, 5]] as [[Int64]])
  func header(unanswered: [Int64]) {
    let place = QueuePlace(queue: queue, number: 9, unanswered: unanswered)
    #expect(QueuePlace(headerText: place.headerText) == place)
  }

  @Test(
    "is nothing that cannot be read",
    arguments: ["", "/", "1/2", "Q", "Q/", "Q/x", "Q/1/2", "Q/1; after=", "Q/1; after=x", "Q/1;"])
  func garbage(text: String) {
    let text = text.replacing("Q", with: queue.uuidString)
    #expect(QueuePlace(headerText: text) == nil)
  }

  @Test("names no more than a sender can have under way")
  func many() {
    let place = QueuePlace(queue: queue, number: 100, unanswered: Array(0..<65))
    #expect(QueuePlace(headerText: place.headerText) == nil)
  }
}

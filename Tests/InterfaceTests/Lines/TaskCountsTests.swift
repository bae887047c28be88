import Testing

@testable import Interface

@Suite("How many tasks there are")
struct TaskCountsTests {
  @Test("is told in the words of the list, in the order of a task's life")
  func words() {
    let tasks = ["failed": 2, "created": 1, "running": 3, "completed": 0]
    #expect(TaskCounts.text(tasks) == "1 queued, 3 running, 2 failed")
  }

  @Test("keeps a status that nobody knows, without its controls")
  func unknown() {
    #expect(TaskCounts.text(["odd\u{1B}[2J": 1])?.contains("\u{1B}") == false)
    #expect(TaskCounts.text(["archived": 4, "created": 1]) == "1 queued, 4 archived")
  }

  @Test("is nothing where there are none")
  func none() {
    #expect(TaskCounts.text([:]) == nil)
    #expect(TaskCounts.text(["running": 0]) == nil)
  }
}

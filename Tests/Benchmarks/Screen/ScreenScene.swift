import Downloads
import Foundation
import Model

/// What a screen is measured with: a backend's tasks, and a journal that knows them.
struct ScreenScene {
  let title: String
  var count = 100
  /// Those that are under way; the others have completed.
  var active = 100
  var areMoving = true
  var arguments: [String] = []
  /// Keys typed one after another while it is measured.
  var keys = ""

  static let all = [
    ScreenScene(title: "100 active"),
    ScreenScene(title: "100 active, --low-bandwidth", arguments: ["--low-bandwidth"]),
    ScreenScene(title: "100 active, nothing changes", areMoving: false),
    ScreenScene(title: "10,000 rows, 100 active", count: 10_000),
    ScreenScene(
      title: "10,000 rows, all active, a key each 150 ms", count: 10_000, active: 10_000,
      keys: "kkkkkjjjjjkkkkkjjjjj"),
    ScreenScene(title: "10,000 rows, idle", count: 10_000, active: 0),
  ]

  /// Writes the journal that a screen finds after queueing all of it.
  func writeJournal(at path: String) throws {
    let now = Date()
    try Journal(path: path).insert((0..<count).map { download($0, now: now) })
  }

  private func download(_ number: Int, now: Date) -> Download {
    let name = MovingTasks.name(number)
    var download = Download(
      id: UUID(), backend: "local",
      url: "https://huggingface.co/some/model-\(number)/resolve/main/\(name)", name: name,
      createdAt: now - Double(count - number) * 60, status: .created)
    download.folder = "checkpoints"
    download.tags = ["sdxl", "tried"]
    download.taskID = MovingTasks.id(number)
    download.bytesTotal = MovingTasks.size(number)
    guard number < count - active else { return download }
    download.status = .completed
    download.bytesDownloaded = download.bytesTotal
    download.hash = "blake3:" + String(format: "%064x", number)
    download.sha256 = String(format: "%064x", number)
    download.verified = true
    download.assetID = download.taskID
    download.path = "models/checkpoints/\(name)"
    download.completedAt = now
    return download
  }
}

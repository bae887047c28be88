import ComfyAPI
import Downloads
import Foundation

/// Pictures beside models. They cost a download nothing: it has ended before its source is asked.
extension Engine {
  /// Notes a task that has ended, when its model is to get a picture.
  func wishForPreview(of id: String) {
    guard configuration.previews, let task = try? store.task(id), task.repairs == nil,
      task.taskStatus == .completed
    else { return }
    previewSignal?.yield(id)
  }

  /// Writes one picture after the other, until the calling task is cancelled.
  func writePreviews() async {
    // Whoever queues more than these at one time will not miss a picture.
    let (ids, signal) = AsyncStream.makeStream(
      of: String.self, bufferingPolicy: .bufferingOldest(1000))
    previewSignal = signal
    defer { previewSignal = nil }
    for await id in ids {
      do {
        try await writePreview(of: id)
      } catch {
        logger.info("no preview", metadata: ["task": "\(id)", "cause": "\(error)"])
      }
    }
  }

  private func writePreview(of id: String) async throws {
    guard let task = try store.task(id), let assetID = task.result?.assetID,
      let asset = try store.asset(assetID), asset.previewID == nil, Library.isModel(asset.path),
      let reference = try? ModelReference(stored: task.url, hosts: hosts)
    else { return }
    let (library, source) = (library, source)
    guard await Disk.look({ !ModelPreview.isThere(for: library.absolute(asset.path)) }) else {
      return
    }
    let bytes = try await Deadline.run(within: Self.previewPatience) {
      try await source.picture(of: reference, limit: ModelPreview.mostBytes)
    }
    guard let preview = bytes.flatMap(ModelPreview.init) else { return }
    let isWritten = try await Disk.run {
      guard library.holds(asset) else { return false }
      return try preview.write(for: asset.path, in: library, id: id)
    }
    if isWritten { logger.info("wrote a preview", metadata: ["path": "\(asset.path)"]) }
  }

  private static let previewPatience = Duration.seconds(60)
}

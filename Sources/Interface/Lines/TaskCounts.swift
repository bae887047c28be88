import ComfyAPI
import Downloads
import Foundation

/// How many tasks an engine has of each status, in the words that the list of downloads has for them.
public enum TaskCounts {
  /// `2 queued, 1 running`, in the order of a task's life; nil where there are none.
  ///
  /// - Parameter tasks: numbers by the status that the engine tells.
  public static func text(_ tasks: [String: Int]) -> String? {
    let known = TaskStatus.known.map(\.rawValue)
    let others = tasks.keys.filter { !known.contains($0) }.sorted()
    let parts = (known + others).compactMap { status in
      tasks[status].flatMap { $0 > 0 ? "\($0) \(word(status))" : nil }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static func word(_ status: String) -> String {
    StatusLabel(
      Download(
        id: UUID(), backend: "", url: "", name: "", createdAt: Date(timeIntervalSince1970: 0),
        status: DownloadStatus(rawValue: status))
    ).word
  }
}

import ComfyAPI
import Downloads
import Foundation
import Synchronization
import TestTerminal
import Testing

@testable import winch

@Suite("The command that runs when downloads end")
struct EndHookTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "winch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func download(_ name: String, _ status: DownloadStatus) -> Download {
    Download(
      id: UUID(), backend: "local", url: "https://huggingface.co/o/n/resolve/main/\(name)",
      name: name, createdAt: Date(timeIntervalSince1970: 0), status: status)
  }

  private func lines(_ file: String) -> [String] {
    let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  @Test("it gets each download and at last that nothing is under way, one after another")
  func runs() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let hook = EndHook(
      command: """
        cd '\(folder.path)'; echo $WINCH_EVENT >>events; cat >>input; echo >>input; echo end >>ended
        """
    ) { Issue.record("\($0)") }
    await hook.run([download("a", .completed), download("b", .failed)], isQueueDone: true)
    // No run may still be at work in the folder when it is removed.
    #expect(await eventually { lines("ended").count == 3 })
    #expect(lines("events") == ["completed", "failed", "idle"])
    let input = try #require(lines("input").first)
    let json = try WireFormat.decode([String: JSONValue].self, from: input.utf8)
    #expect(json["name"] == .string("a"))
    #expect(json["status"] == .string("completed"))
  }

  @Test("a run that fails is told of, and what it prints goes nowhere")
  func fails() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let told = Mutex<[String]>([])
    let hook = EndHook(command: "echo noise; echo noise >&2; exit 3") { sentence in
      told.withLock { $0.append(sentence) }
    }
    await hook.run([download("a", .completed)], isQueueDone: false)
    #expect(await eventually { told.withLock { !$0.isEmpty } })
    #expect(told.withLock { $0 } == ["The command of --exec ended with status 3."])
  }
}

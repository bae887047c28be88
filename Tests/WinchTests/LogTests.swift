import Foundation
import Logging
import TestTerminal
import Testing

@testable import winch

@Suite("The log")
struct LogTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "winch-\(UUID().uuidString)")

  private func text(_ name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }

  @Test("is begun anew when it is large, and three of those before are kept")
  func rotation() {
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = LogFile(path: folder.appending(path: "log").path(), largestSize: 100)
    for number in 100..<160 { log.write("line \(number) of a log") }
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
    #expect(names?.sorted() == ["log", "log.1", "log.2", "log.3"])
    let all = ["log.3", "log.2", "log.1", "log"].map(text).joined()
    let numbers = all.matches(of: /line (\d+)/).compactMap { Int($0.1) }
    #expect(numbers == Array((160 - numbers.count)..<160))
    #expect(numbers.count > 15)
  }

  @Test("keeps the lines of two programs that write to it at once, while it changes its name")
  func twoWriters() async {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "log").path()
    await withDiscardingTaskGroup { group in
      for writer in ["a", "b"] {
        group.addTask {
          let log = LogFile(path: path, largestSize: 4000)
          for number in 0..<300 { log.write("\(writer)\(number)") }
        }
      }
    }
    let all = ["log.3", "log.2", "log.1", "log"].map(text).joined()
    let lines = all.split(separator: "\n")
    #expect(lines.count == 600)
    #expect(Set(lines).count == 600)
  }

  @Test("is readable by its owner alone")
  func isPrivate() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "log").path()
    LogFile(path: path).write("x")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("has what the level lets through, and no line or control sequence from outside")
  func levels() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings = Settings(
      environment: ["XDG_STATE_HOME": folder.path(), "WINCH_LOG": "warning"],
      config: try ConfigFile(text: "log_level: debug", path: "/c.yaml"))
    let log = try ProgramLog("engine", settings: settings)
    log.logger.info("hidden")
    log.logger.warning("a\nb\u{1B}[2J", metadata: ["path": "x\ny"])
    log.level = .debug
    log.logger.debug("seen")
    let lines = text("winch/log").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains(" warning engine[\(getpid())]: ") == true)
    #expect(lines.last?.hasSuffix("seen") == true)
    #expect(!text("winch/log").contains("\u{1B}"))
  }

  @Test("gets the level that the file has now, also while the screen is open")
  func changedLevel() async throws {
    let sandbox = try Sandbox()
    let settings = Settings(environment: sandbox.environment, config: ConfigFile())
    let log = try ProgramLog("screen", settings: settings)
    let following = Task { await ScreenEvents().followConfig(of: settings, log: log) }
    var changes = ""
    let isChanged = try await eventually {
      // Whatever was there when the watch began.
      changes += "# changed\n"
      try sandbox.configure(changes + "log_level: debug\n")
      return log.level == .debug
    }
    #expect(isChanged)
    following.cancel()
    await following.value
    await sandbox.remove()
  }

  @Test("a level that there is not is refused by the variable's name")
  func wrongLevel() async throws {
    let sandbox = try Sandbox()
    let shown = try await sandbox.run(["config", "show"], variables: ["WINCH_LOG": "loud"])
    #expect(shown.status == 65)
    #expect(shown.errors.contains("WINCH_LOG takes one of trace, debug"))
    await sandbox.remove()
  }
}

import ComfyAPI
import Downloads
import Foundation
import Logging
import OriginLab
import TestTerminal
import Testing

@testable import winch

@Suite("Commands that the engine runs")
final class HooksTests {
  private let folder: URL

  init() throws {
    folder = URL(filePath: "/tmp/winch-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func lines(_ file: String) -> [String] {
    let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  private func log() throws -> ProgramLog {
    try ProgramLog(
      "engine",
      settings: Settings(environment: ["XDG_STATE_HOME": folder.path()], config: ConfigFile()))
  }

  private func hooks(
    _ commands: [Hooks.Event: String], timeLimit: Duration = .seconds(60)
  ) throws -> Hooks {
    Hooks(
      commands,
      environment: ["PATH": "/usr/bin:/bin", "HF_TOKEN": "SECRET", "FOLDER": folder.path()],
      logger: try log().logger, timeLimit: timeLimit)
  }

  private func download(_ name: String) -> Download {
    Download(
      id: UUID(), backend: "local", url: "https://huggingface.co/o/n/resolve/main/\(name)",
      name: name, createdAt: Date(timeIntervalSince1970: 0), status: .completed)
  }

  @Test("get the download as JSON, the event, and no token; what they print is in the log")
  func input() async throws {
    let hooks = try hooks([
      .completed: "cat >\"$FOLDER/in\"; env >\"$FOLDER/env\"; echo hello; echo oops >&2; exit 3"
    ])
    await hooks.happened(.completed, download("a"))
    await hooks.happened(.failed, download("b"))
    #expect(await eventually { lines("winch/log").contains { $0.hasSuffix("status 3") } })
    let json = try WireFormat.decode([String: JSONValue].self, from: lines("in")[0].utf8)
    #expect(json["name"] == "a")
    #expect(lines("env").contains("WINCH_EVENT=completed"))
    #expect(!lines("env").joined().contains("SECRET"))
    let log = lines("winch/log")
    #expect(log.contains { $0.hasSuffix("on_complete: hello") })
    #expect(log.contains { $0.hasSuffix("on_complete: oops") })
    #expect(!log.contains { $0.contains("on_failed") })
  }

  @Test("run two at one time, and the one of the idle queue alone, at last")
  func width() async throws {
    // None ends before two have begun.
    let note = """
      echo begin >>"$FOLDER/order"
      until [ "$(grep -c begin "$FOLDER/order")" -ge 2 ]; do sleep 0.02; done
      sleep 0.1
      echo end >>"$FOLDER/order"
      """
    let hooks = try hooks([.completed: note, .idle: "echo idle >>\"$FOLDER/order\""])
    for name in ["a", "b", "c"] { await hooks.happened(.completed, download(name)) }
    await hooks.happened(.idle, nil)
    #expect(await eventually { lines("order").last == "idle" })
    var (running, most) = (0, 0)
    for line in lines("order").dropLast() {
      running += line == "begin" ? 1 : -1
      most = max(most, running)
    }
    #expect(most == 2)
    #expect(running == 0)
    #expect(lines("order").count == 7)
  }

  @Test("are ended with all that they started when they take too long")
  func timeOut() async throws {
    let hooks = try hooks(
      [.completed: "sleep 100 & echo $! >\"$FOLDER/pid\"; wait"], timeLimit: .milliseconds(500))
    await hooks.happened(.completed, download("a"))
    #expect(await eventually { lines("winch/log").contains { $0.contains("took longer") } })
    let child = try #require(lines("pid").first.flatMap { Int32($0) })
    #expect(await eventually { kill(child, 0) != 0 || isZombie(child) })
  }

  /// Ended, and waiting for whoever adopted it.
  private func isZombie(_ process: Int32) -> Bool {
    let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return text?.contains(") Z ") == true
  }

  @Test("that read nothing and print much hold nobody up")
  func noise() async throws {
    let end = await BoundedCommand(
      arguments: ["/bin/sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x"], environment: [:]
    ).run(input: String(repeating: "y", count: 1 << 20))
    #expect(end.status == 0)
    #expect(end.output.count == 16 << 10)
  }

  @Test(
    "a variable that may hold a secret is left out",
    arguments: [
      ("HF_TOKEN", "x"), ("CIVITAI_API_TOKEN", "x"), ("COMFY_API_KEY", "x"), ("MY_SECRET", "x"),
      ("DB_PASSWORD", "x"), ("https_proxy", "http://user:word@proxy:3128/"),
    ])
  func secret(name: String, value: String) {
    let kept = HookEnvironment.variables(of: [name: value, "PATH": "/bin"], event: "idle")
    #expect(kept == ["PATH": "/bin", "WINCH_EVENT": "idle"])
  }

  @Test("the engine runs them for what completed, what failed, and when nothing is left")
  func engine() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let note = "echo $WINCH_EVENT >>'\(folder.path())/events'; cat >>'\(folder.path())/in'"
      try sandbox.configure(
        "on_complete: \(YAMLText.scalar(note))\non_failed: \(YAMLText.scalar(note))\n"
          + "on_idle: \(YAMLText.scalar(note))\n")
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 1000, seed: 1))
      var wrong = LabFile.safetensors(size: 2000, seed: 2)
      wrong.faults.wrongPublishedHash = true
      lab.addHuggingFace(repo: "org/repo", path: "wrong.safetensors", file: wrong)
      for path in ["m.safetensors", "wrong.safetensors"] {
        _ = try await sandbox.run([
          "add", "--wait", "--folder", "vae", "\(lab.hubEndpoint)/org/repo/blob/main/\(path)",
        ])
      }
      #expect(await eventually { lines("events").contains("failed") })
      #expect(await eventually { lines("events").last == "idle" })
      #expect(lines("events").first == "completed")
      let inputs = lines("in").joined()
      #expect(inputs.contains(#""name":"m.safetensors""#), "\(inputs)")
      #expect(inputs.contains(#""verified":true"#))
      #expect(inputs.contains(#""status":"failed""#))
    }
  }
}

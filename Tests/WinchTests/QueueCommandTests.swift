import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// The commands that act on the queue and the engine, in the real binary.
@Suite("Commands of the queue", .serialized)
struct QueueCommandTests {
  /// Queues slow files, of which one is fetched at one time.
  private func withQueue(
    of count: Int, _ body: (Sandbox, [String]) async throws -> Void
  ) async throws {
    try await Sandbox.withLab { lab, sandbox in
      try sandbox.configure("downloads: 1\n")
      var ids: [String] = []
      for number in 0..<count {
        var file = LabFile.safetensors(size: 3_000_000, seed: UInt64(40 + number))
        file.faults.bytesPerSecond = 300_000
        lab.addHuggingFace(repo: "org/repo", path: "\(number).safetensors", file: file)
        let added = try await sandbox.run([
          "add", "--json", "--folder", "vae",
          "\(lab.hubEndpoint)/org/repo/resolve/main/\(number).safetensors",
        ])
        ids.append(try #require(try object(added.output)["id"]?.string, "\(added.errors)"))
      }
      try await body(sandbox, ids)
    }
  }

  private func object(_ text: String) throws -> [String: JSONValue] {
    try WireFormat.decode([String: JSONValue].self, from: text.utf8)
  }

  private func shown(_ id: String, _ sandbox: Sandbox) async throws -> [String: JSONValue] {
    try object(try await sandbox.run(["show", "--json", id]).output)
  }

  @Test("pause holds a download back by the beginning of its id, and resume lets it go on")
  func pauses() async throws {
    try await withQueue(of: 1) { sandbox, ids in
      let paused = try await sandbox.run(["pause", String(ids[0].prefix(8))])
      #expect(paused.status == 0, "\(paused.errors)")
      #expect(paused.output == "paused: 0.safetensors\n")
      #expect(try await shown(ids[0], sandbox)["phase"] == "paused")
      let resumed = try await sandbox.run(["resume", "--json", ids[0]])
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try object(resumed.output)["phase"] != "paused")
    }
  }

  @Test("move puts a waiting download first, and says no to one under way")
  func moves() async throws {
    try await withQueue(of: 3) { sandbox, ids in
      #expect(
        await eventually {
          (try? await shown(ids[0], sandbox)["status"]) == .some("running")
        })
      let refused = try await sandbox.run(["move", ids[0], "--to", "end"])
      #expect(refused.status == 1)
      #expect(refused.errors.contains("Pause it first."), "\(refused.errors)")
      let moved = try await sandbox.run(["move", ids[2], "--to", "top"])
      #expect(moved.status == 0, "\(moved.errors)")
      #expect(moved.output == "moved: 2.safetensors\n")
      #expect(try await sandbox.run(["cancel", ids[0]]).status == 0)
      #expect(
        await eventually {
          (try? await shown(ids[2], sandbox)["status"]) == .some("running")
        })
      #expect(try await shown(ids[1], sandbox)["status"] == "created")
    }
  }

  @Test("pause, resume and move say with --dry-run what they would do, and do nothing")
  func rehearses() async throws {
    try await withQueue(of: 2) { sandbox, ids in
      #expect(
        await eventually {
          (try? await shown(ids[0], sandbox)["status"]) == .some("running")
        })
      for (arguments, words) in [
        (["pause", ids[0]], "paused: 0"), (["resume", ids[0]], "let go on: 0"),
        (["move", ids[1], "--to", "top"], "moved: 1"),
      ] {
        let told = try await sandbox.run(arguments + ["--dry-run"])
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output == "would be \(words).safetensors\n")
        #expect(told.errors == "Nothing was done, because of --dry-run.\n")
      }
      #expect(try await shown(ids[0], sandbox)["status"] == "running")
      #expect(try await shown(ids[0], sandbox)["phase"] != "paused")
      let json = try await sandbox.run(["pause", "--dry-run", "--json", ids[1]])
      #expect(try object(json.output)["id"]?.string == ids[1])
    }
  }

  @Test("what has stopped for the disk is moved like what has not begun, and so says --dry-run")
  func movesStopped() async throws {
    try await withQueue(of: 2) { sandbox, ids in
      #expect(
        await eventually {
          (try? await shown(ids[0], sandbox)["status"]) == .some("running")
        })
      let models = sandbox.root.appending(path: "models")
      try FileManager.default.moveItem(at: models, to: sandbox.root.appending(path: "away"))
      #expect(
        await eventually {
          (try? await shown(ids[0], sandbox)["phase"]) == .some("waiting")
        })
      #expect(try await shown(ids[0], sandbox)["status"] == "running")
      let move = ["move", ids[0], "--to", "end"]
      #expect(
        await eventually {
          (try? await sandbox.run(move + ["--dry-run"]).output)
            == "would be moved: 0.safetensors\n"
        })
      let moved = try await sandbox.run(move)
      #expect(moved.status == 0, "\(moved.errors)")
      #expect(moved.output == "moved: 0.safetensors\n")
    }
  }

  @Test("with --dry-run that is refused which is refused without")
  func rehearsesRefusals() async throws {
    try await withQueue(of: 2) { sandbox, ids in
      #expect(
        await eventually {
          (try? await shown(ids[0], sandbox)["status"]) == .some("running")
        })
      #expect(try await sandbox.run(["cancel", ids[1]]).status == 0)
      for (arguments, words) in [
        (["move", ids[0], "--to", "end"], "Pause it first."), (["pause", ids[1]], "has ended"),
        (["resume", ids[1]], "has ended"), (["move", ids[1], "--to", "top"], "cancelled"),
      ] {
        for rehearsed in [[], ["--dry-run"]] {
          let refused = try await sandbox.run(arguments + rehearsed)
          #expect(refused.status == 1, "\(arguments + rehearsed) \(refused.output)")
          #expect(refused.output == "")
          #expect(refused.errors.contains(words), "\(refused.errors)")
        }
      }
    }
  }

  @Test("limit sets the speed as people write it, shows it, and lifts it")
  func limits() async throws {
    let sandbox = try Sandbox()
    #expect(try await sandbox.run(["limit"]).output == "none\n")
    let set = try await sandbox.run(["limit", "1.5MiB/s", "--json"])
    #expect(set.status == 0, "\(set.errors)")
    #expect(try object(set.output)["bytes_per_second"] == 1_572_864)
    #expect(try await sandbox.run(["limit", "10M"]).output == "10 MB/s\n")
    #expect(try await sandbox.run(["limit"]).output == "10 MB/s\n")
    #expect(try await sandbox.run(["limit", "none"]).output == "none\n")
    await sandbox.remove()
  }

  @Test("limit --task is one download's, and is shown apart from that of all")
  func taskLimits() async throws {
    try await withQueue(of: 2) { sandbox, ids in
      let set = try await sandbox.run(["limit", "--task", String(ids[1].prefix(8)), "2M"])
      #expect(set.status == 0, "\(set.errors)")
      #expect(set.output == "2.0 MB/s\n")
      let told = try await sandbox.run(["limit", "--json", "--task", ids[1]])
      #expect(try object(told.output)["bytes_per_second"] == 2_000_000)
      #expect(try await shown(ids[1], sandbox)["limit"] == 2_000_000)
      #expect(try await shown(ids[0], sandbox)["limit"] == .null)
      #expect(try await sandbox.run(["limit", "--task", ids[0]]).output == "none\n")
      #expect(try await sandbox.run(["limit"]).output == "none\n")
      #expect(try await sandbox.run(["cancel", ids[1]]).status == 0)
      let refused = try await sandbox.run(["limit", "--task", ids[1], "2M"])
      #expect(refused.status == 1)
      #expect(refused.errors.contains("ended"), "\(refused.errors)")
      #expect(refused.errors.contains("Retry it first."), "\(refused.errors)")
    }
  }

  @Test("a schedule's limit is told with its end, and one by hand stands in for it")
  func schedule() async throws {
    let sandbox = try Sandbox(variables: ["TZ": "UTC"])
    try sandbox.configure("limit_schedule:\n- {from: \"00:00\", to: \"24:00\", limit: 5M}\n")
    let scheduled = try await sandbox.run(["limit"])
    #expect(
      scheduled.output.contains(/^5\.0 MB\/s, by the schedule until [A-Z][a-z]{2} 00:00\n$/),
      "\(scheduled.output)\(scheduled.errors)")
    let set = try await sandbox.run(["limit", "--json", "none"])
    #expect(try object(set.output)["set_by"] == "client")
    #expect(try object(set.output)["until"]?.string?.contains("T00:00:00") == true)
    let status = try await sandbox.run(["status"])
    #expect(status.output.contains(/limit +none, by hand until [A-Z][a-z]{2} 00:00\n/))
    await sandbox.remove()
  }

  @Test(
    "a limit that is none says what to write, and an id that nobody has what lists them",
    arguments: [
      (["limit", "fast"], "5M"), (["limit", "--task", "x", "fast"], "5M"),
      (["limit", "10"], "1.0 kB/s"), (["limit", "--task", "x", "5M"], "winch ls"),
      (["limit", "--task", "x"], "winch ls"),
    ])
  func wrongLimit(arguments: [String], advice: String) async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run(arguments)
    #expect(result.errors.contains(advice), "\(result.errors)")
    await sandbox.remove()
  }

  private static let wrongArguments: [[String]] = [
    ["limit", "fast"], ["limit", "5"], ["pause"], ["move", "x"], ["move", "x", "--to", "left"],
    ["serve", "--connections", "17"], ["serve", "--downloads", "0"], ["pause", "x"],
    ["resume", "x"], ["move", "x", "--to", "top"],
    ["limit", "--task", "x", "5M"],
  ]
  private static let wrongStatus: [Int32] = [64, 64, 64, 64, 64, 64, 64, 65, 65, 65, 65]

  @Test(
    "wrong usage ends with 64, and an id that nobody has with 65",
    arguments: zip(wrongArguments, wrongStatus))
  func refuses(arguments: [String], status: Int32) async throws {
    let sandbox = try Sandbox()
    let result = try await sandbox.run(arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(!result.errors.isEmpty)
    await sandbox.remove()
  }

  @Test("stop returns when another engine could begin, and a second time has nothing to do")
  func stops() async throws {
    try await withQueue(of: 1) { sandbox, ids in
      let stopped = try await sandbox.run(["stop"])
      #expect(stopped.status == 0, "\(stopped.errors)")
      #expect(try await sandbox.run(["status"]).status == 69)
      let again = try await sandbox.run(["stop"])
      #expect(again.status == 0)
      #expect(again.errors.contains("not running"))
      #expect(try await sandbox.run(["pause", ids[0]]).status == 0)
    }
  }

  @Test(
    "a backend that cannot do it says so, with status 69",
    arguments: [
      ["pause", "x"], ["resume", "x"], ["move", "x", "--to", "top"], ["limit", "5M"],
      ["limit", "--task", "x", "5M"],
      ["pause", "--dry-run", "x"],
    ])
  func cloudCannot(arguments: [String]) async throws {
    try await CloudBench.withRunning { bench in
      let result = try await bench.sandbox.run(arguments)
      #expect(result.status == 69)
      #expect(result.errors.contains("cloud cannot"), "\(result.errors)")
    }
  }

  @Test("the cloud cannot be stopped, and nothing is sent to it")
  func cloudStays() async throws {
    try await CloudBench.withRunning { bench in
      let result = try await bench.sandbox.run(["stop"])
      #expect(result.status == 69)
      #expect(result.errors.contains("no engine of Winch"), "\(result.errors)")
      #expect(bench.lab.requests.isEmpty)
    }
  }

  @Test("a wrong key ends with 77, a backend that is away with 69")
  func refused() async throws {
    try await CloudBench.withRunning { bench in
      for (variable, value, status) in [
        ("COMFY_CLOUD_API_KEY", "wrong", Int32(77)),
        ("COMFY_CLOUD_BASE_URL", "http://127.0.0.1:9", 69),
      ] {
        let result = try await bench.sandbox.run(["limit"], variables: [variable: value])
        #expect(result.status == status, "\(result.errors)")
      }
    }
  }
}

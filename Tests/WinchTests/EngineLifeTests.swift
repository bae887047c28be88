import ComfyAPI
import Foundation
import GRDB
import OriginLab
import TestTerminal
import Testing

/// The real engine, ended in the middle of downloads.
@Suite("An engine that ends in the middle", .serialized)
struct EngineLifeTests {
  private struct Task: Decodable {
    let status: String
    let bytesDownloaded: Int64?

    private enum CodingKeys: String, CodingKey {
      case status
      case bytesDownloaded = "bytes_downloaded"
    }
  }

  private struct Listing: Decodable { let downloads: [Task] }

  private func downloads(_ sandbox: Sandbox) async throws -> [Task] {
    let list = try await sandbox.run(["ls", "--json"])
    return try JSONDecoder().decode(Listing.self, from: Data(list.output.utf8)).downloads
  }

  /// Adds files of these sizes to the lab and to the queue.
  private func queue(
    _ count: Int, size: Int, bytesPerSecond: Int, _ lab: OriginLab, _ sandbox: Sandbox
  ) async throws -> [LabFile] {
    var files: [LabFile] = []
    for number in 1...count {
      var file = LabFile.safetensors(size: size, seed: UInt64(number))
      file.faults.bytesPerSecond = bytesPerSecond
      lab.addHuggingFace(repo: "org/repo", path: "m\(number).safetensors", file: file)
      files.append(file)
    }
    let links = (1...count).map { "\(lab.hubEndpoint)/org/repo/blob/main/m\($0).safetensors" }
    let added = try await sandbox.run(["add", "--folder", "checkpoints"] + links)
    try #require(added.status == 0, "\(added.errors)")
    return files
  }

  private func received(_ sandbox: Sandbox) async throws -> Int64 {
    try await downloads(sandbox).reduce(0) { $0 + ($1.bytesDownloaded ?? 0) }
  }

  /// Starts an engine where none runs: listing what the journal has does not.
  private func startEngine(_ sandbox: Sandbox) async throws {
    let shown = try await sandbox.run(["limit"])
    #expect(shown.status == 0, "\(shown.errors)")
  }

  private func allCompleted(_ sandbox: Sandbox, _ files: [LabFile]) async throws {
    try await startEngine(sandbox)
    #expect(
      try await eventually { try await downloads(sandbox).allSatisfy { $0.status == "completed" } })
    for (number, file) in files.enumerated() {
      let isRight =
        sandbox.model("checkpoints/m\(number + 1).safetensors") == Data(file.bytes(0..<file.size))
      #expect(isRight)
    }
  }

  /// The end of the last range that a sound database remembers.
  private func mostRemembered(_ sandbox: Sandbox) throws -> Int {
    let path = sandbox.root.appending(path: "data/winch/engine.sqlite").path()
    let (integrity, ranges) = try DatabaseQueue(path: path).read { database in
      (
        try String.fetchOne(database, sql: "PRAGMA integrity_check"),
        try String.fetchAll(database, sql: "SELECT written || ' ' || synced FROM ranges")
      )
    }
    #expect(integrity == "ok")
    return ranges.flatMap { $0.matches(of: /\d+/).compactMap { Int($0.0) } }.max() ?? 0
  }

  private func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 }

  @Test("ends soon after SIGTERM with three transfers under way, and the next one goes on")
  func terminated() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let files = try await queue(3, size: 24 << 20, bytesPerSecond: 1 << 19, lab, sandbox)
      #expect(try await eventually { try await received(sandbox) > 12 << 20 })
      let engine = try #require(try await sandbox.enginePID())
      let before = lab.requests.count
      let start = ContinuousClock.now
      kill(engine, SIGTERM)
      // One that does not heed the signal stays for good.
      #expect(await eventually { !isAlive(engine) })
      print("SIGTERM to the end: \(ContinuousClock.now - start), after \(before) requests")
      try await allCompleted(sandbox, files)
      let sent = lab.bytesSentByContentHost
      let size = files.reduce(0) { $0 + $1.size }
      print("sent \(sent) bytes for \(size)")
      // What is on the way over 24 connections, in the buffers of both sides.
      #expect(sent < size + 24 << 20)
    }
  }

  @Test("is killed at twenty moments of one download, and the file is right at the end")
  func killed() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let start = ContinuousClock.now
      let files = try await queue(1, size: 60 << 20, bytesPerSecond: 1 << 18, lab, sandbox)
      var kills = 0
      while kills < 20 {
        try await _Concurrency.Task.sleep(for: .milliseconds(Int.random(in: 50...700)))
        try await startEngine(sandbox)
        let engine = try #require(try await sandbox.enginePID())
        guard try await downloads(sandbox).first?.status != "completed" else { break }
        kill(engine, SIGKILL)
        kills += 1
        _ = await eventually(within: .seconds(5)) { !isAlive(engine) }
        #expect(try mostRemembered(sandbox) <= files[0].size)
      }
      print("killed \(kills) times in \(ContinuousClock.now - start)")
      #expect(kills == 20)
      try await allCompleted(sandbox, files)
      let sent = lab.bytesSentByContentHost
      print("sent \(sent) bytes for \(files[0].size): \(sent - files[0].size) more")
      #expect(sent - files[0].size <= 20 * 8 * 16 << 20)
      print("in all \(ContinuousClock.now - start)")
      #expect(try mostRemembered(sandbox) == 0)
    }
  }

  @Test("that hangs is told by its process by status, stop and doctor, with how to end it")
  func hung() async throws {
    try await Sandbox.withLab { _, sandbox in
      try await startEngine(sandbox)
      let engine = try #require(try await sandbox.enginePID())
      kill(engine, SIGSTOP)
      defer { kill(engine, SIGKILL) }
      async let status = sandbox.run(["status"])
      async let stop = sandbox.run(["stop"])
      async let doctor = sandbox.run(["doctor"])
      for (result, expected) in [(try await status, 69), (try await stop, 69)] {
        #expect(result.status == expected)
        #expect(result.errors.contains("(process \(engine))"), "\(result.errors)")
        #expect(result.errors.contains("kill \(engine)"), "\(result.errors)")
        #expect(!result.errors.contains("not running"), "\(result.errors)")
      }
      let looked = try await doctor
      #expect(looked.status == 1)
      #expect(looked.output.contains("An engine runs (process \(engine)), but"), "\(looked.output)")
    }
  }

  @Test("is found again after the folder of its socket was removed, and stops when asked")
  func socketRemoved() async throws {
    try await Sandbox.withLab { _, sandbox in
      try await startEngine(sandbox)
      let engine = try #require(try await sandbox.enginePID())
      let runtime = sandbox.root.appending(path: "runtime")
      try FileManager.default.removeItem(at: runtime)
      try await startEngine(sandbox)
      #expect(try await sandbox.enginePID() == engine)
      try FileManager.default.removeItem(at: runtime)
      let stopped = try await sandbox.run(["stop"])
      #expect(stopped.errors == "")
      #expect(await eventually { !isAlive(engine) })
    }
  }
}

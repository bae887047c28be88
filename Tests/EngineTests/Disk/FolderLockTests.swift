import Foundation
import Testing

@testable import Engine

@Suite("A models folder") final class FolderLockTests {
  private let models = NSTemporaryDirectory() + "winch-lock-" + UUID().uuidString
  private var folder: String { models + "/.winch" }

  deinit { try? FileManager.default.removeItem(atPath: models) }

  /// Locks as a filesystem gives them that gives them to everybody.
  private let givenToAll: FolderLock.Lock = { _ in true }

  private func owner(
    _ change: (inout FolderOwner) -> Void = { _ in }
  ) -> FolderOwner {
    var owner = FolderOwner.current()
    change(&owner)
    return owner
  }

  /// Leaves the file of an owner that could not remove it.
  private func leave(_ owner: FolderOwner) throws {
    try Disk.makeDirectory(folder)
    try JSONEncoder().encode(owner).write(to: URL(filePath: folder + "/engine.owner"))
  }

  @Test("belongs to one engine, whose process the other one is told") func oneEngine() throws {
    let bench = try Bench()
    try FileManager.default.createDirectory(
      atPath: bench.models, withIntermediateDirectories: true)
    let engine = try bench.engine()
    let error = #expect(throws: EngineError.self) { try bench.engine(data: "other") }
    #expect(error?.response.code == "ENGINE_ALREADY_RUNNING")
    #expect(error?.response.message.contains("process \(getpid())") == true)
    withExtendedLifetime(engine) {}
  }

  @Test("that is not there is claimed when it is made") func madeLater() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10_000), at: Bench.url)
    let other = try bench.engine(data: "other")
    let task = try await bench.withEngine { engine in
      let task = try await engine.ended(try await engine.queue())
      #expect(throws: EngineError.self) { try bench.engine(data: "third") }
      return task
    }
    #expect(task.status == .completed)
    withExtendedLifetime(other) {}
  }

  @Test("is free again when its engine has gone") func released() throws {
    for lock in [FolderLock.kernel, givenToAll] {
      for _ in 1...2 {
        let taken = try FolderLock(folder: folder, lock: lock)
        #expect(throws: FolderInUse.self) { try FolderLock(folder: folder, lock: lock) }
        withExtendedLifetime(taken) {}
      }
    }
  }

  @Test("is guarded as well where everybody gets the filesystem's locks") func badLocks() throws {
    let first = try FolderLock(folder: folder, lock: givenToAll)
    let error = #expect(throws: FolderInUse.self) {
      try FolderLock(folder: folder, lock: givenToAll)
    }
    #expect(error?.owner?.processID == getpid())
    withExtendedLifetime(first) {}
  }

  @Test(
    "is not kept by a process that has ended, by one with the same number, or by an earlier start")
  func dead() throws {
    let dead = [
      owner { $0.processID = 1 << 29 }, owner { $0.started = "1" },
      owner { $0.boot = "an earlier one" },
    ]
    for owner in dead {
      #expect(!owner.isAlive)
      try leave(owner)
      _ = try FolderLock(folder: folder, lock: givenToAll)
    }
  }

  @Test("is kept by an engine on another machine, which is named") func elsewhere() throws {
    try leave(
      owner {
        $0.host = "attic"
        $0.boot = "another"
      })
    let error = #expect(throws: FolderInUse.self) {
      try FolderLock(folder: folder, lock: givenToAll)
    }
    #expect(error?.failure.message.contains("on attic") == true)
  }
}

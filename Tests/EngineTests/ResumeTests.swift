import ComfyAPI
import Downloads
import Foundation
import Origins
import Testing

@testable import Engine

@Suite("A broken transfer") struct ResumeTests {
  @Test("a download goes on after its mirror is no longer the one in use")
  func otherMirror() async throws {
    let bench = try Bench()
    let (id, file) = try await bench.stopInTheMiddle()
    let mirrored = Bench.url.replacing("https://huggingface.co", with: "http://mirror.example/hub")
    do {
      let store = try Store(path: bench.directory + "/data/engine.sqlite")
      try await store.update(id, now: Date()) { $0.url = mirrored }
    }
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("goes on at the byte where the line broke") func droppedLine() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.drops = [30_000, 20_000]
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 30_000, 50_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("goes on in a new engine from the bytes on the disk") func newEngine() async throws {
    let bench = try Bench()
    let (id, file) = try await bench.stopInTheMiddle()
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("does not trust bytes behind its checkpoint") func untrustedTail() async throws {
    let bench = try Bench()
    let (id, _) = try await bench.stopInTheMiddle()
    let partial = ".winch/\(id).part"
    let kept = try #require(bench.read(partial))
    try bench.write(kept + [UInt8](repeating: 0, count: 5000), to: partial)
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 40_000])
  }

  @Test("says so when kept bytes have vanished from the disk") func vanishedBytes() async throws {
    let bench = try Bench()
    let (id, _) = try await bench.stopInTheMiddle()
    let partial = ".winch/\(id).part"
    let kept = try #require(bench.read(partial))
    try bench.write(Array(kept[..<1000]), to: partial)
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 1000])
    #expect(task.payload["note"]?.string?.contains("1000 of 40000") == true)
  }

  @Test("starts over, and says so, when the source's file has changed") func changedFile()
    async throws
  {
    let bench = try Bench()
    let (id, _) = try await bench.stopInTheMiddle()
    var newer = ScriptedFile(size: 90_000, seed: 9)
    newer.identity = "scripted:2"
    bench.source.offer(newer, at: Bench.url)
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 0])
    #expect(bench.read("checkpoints/model.safetensors") == newer.bytes)
    #expect(task.payload["note"]?.string?.contains("40000 bytes") == true)
  }

  @Test("fetches the holes between what is there, and nothing else") func holes() async throws {
    let bench = try Bench()
    let (id, file) = try await bench.stopInTheMiddle()
    let there = ByteRanges([0..<10_000, 50_000..<60_000])
    var partial = [UInt8](repeating: 0, count: 60_000)
    for range in there.ranges.map({ Int($0.lowerBound)..<Int($0.upperBound) }) {
      partial.replaceSubrange(range, with: file.bytes[range])
    }
    try bench.write(partial, to: ".winch/\(id).part")
    try await bench.keep(TransferRanges(written: there, synced: there), of: id)
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 10_000, 60_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("counts on what was synced alone once the machine was started again") func newBoot()
    async throws
  {
    let bench = try Bench()
    let (id, _) = try await bench.stopInTheMiddle()
    let ranges = TransferRanges(
      written: ByteRanges(0..<40_000), synced: ByteRanges(0..<20_000), boot: "an earlier one")
    try await bench.keep(ranges, of: id)
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 20_000])
    #expect(task.payload["note"]?.string?.contains("20000 of 40000") == true)
  }

  @Test("forgets what has vanished from the disk, before it writes anything") func forgets()
    async throws
  {
    let bench = try Bench()
    let (id, file) = try await bench.stopInTheMiddle()
    let all = ByteRanges(0..<40_000)
    try await bench.keep(TransferRanges(written: all, synced: all, boot: Boot.current), of: id)
    try bench.write(Array(file.bytes[..<1000]), to: ".winch/\(id).part")
    bench.source.change(Bench.url) { $0?.holdsAt = 1000 }
    try await bench.withEngine { try await $0.reached(1000, id) }
    let known = try Store(path: bench.directory + "/data/engine.sqlite").ranges(of: id)
    #expect(known?.written == ByteRanges(0..<1000))
    #expect(known?.synced == ByteRanges(0..<1000))
  }

  @Test("says what worked otherwise than asked for, though its source is asked once") func notices()
    async throws
  {
    let bench = try Bench()
    var file = ScriptedFile(size: 1000)
    file.notices = ["The repository has another name now."]
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(bench.source.questions == 1)
    #expect(task.payload["note"]?.string == "The repository has another name now.")
  }

  @Test("that brought a wrong byte is done once more over new connections") func spoilt()
    async throws
  {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.spoils = 1
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 0])
    #expect(bench.source.renewals == 1)
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("that brings wrong bytes twice fails with all hashes and keeps them out of the models")
  func spoiltTwice() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.spoils = 2
    bench.source.offer(file, at: Bench.url)
    let (id, task) = try await bench.withEngine { engine in
      let id = try await engine.queue()
      return (id, try await engine.ended(id))
    }
    var spoilt = file.bytes
    spoilt[spoilt.count - 1] ^= 0xFF
    #expect(task.status == .failed)
    #expect(task.errorMessage?.contains(ScriptedFile.sha256(spoilt)) == true)
    #expect(task.errorMessage?.contains(ScriptedFile.sha256(file.bytes)) == true)
    #expect(bench.placedFiles().isEmpty)
    #expect(bench.read(".winch/\(id).rejected") == spoilt)
    #expect(bench.read(".winch/\(id).part") == nil)
  }

  @Test("is not spoilt by a server that ignores ranges") func ignoredRange() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.ignoresRange = true
    file.drops = [30_000]
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("gets a new link when the old one has run out") func expiredLink() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 10_000)
    file.contentErrors = [.refusal("ACCESS_FORBIDDEN", .resolveAgain)]
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .completed)
    // The request, and once more for the new link.
    #expect(bench.source.questions == 2)
  }

  @Test("gives up on links that always run out") func alwaysExpired() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 10_000)
    file.contentErrors = Array(
      repeating: .refusal("ACCESS_FORBIDDEN", .resolveAgain), count: 100)
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .failed)
    #expect(task.result?.errorCode == "ACCESS_FORBIDDEN")
    #expect(task.result?.hint == "Do it.")
  }

  @Test("waits as long as the server asks") func serverWish() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 10_000)
    file.contentErrors = [.refusal("RATE_LIMITED", .retry(after: 42))]
    bench.source.offer(file, at: Bench.url)
    try await bench.withEngine { engine in _ = try await engine.ended(try await engine.queue()) }
    #expect(bench.pausesAsked == [.seconds(42)])
  }

  @Test("fails after too many failures in a row and goes on from its bytes when retried")
  func retryKeepsBytes() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.drops = [30_000] + Array(repeating: 0, count: 8)
    bench.source.offer(file, at: Bench.url)
    let task = try await bench.withEngine { engine in
      let id = try await engine.queue()
      let failed = try await engine.ended(id)
      #expect(failed.status == .failed)
      #expect(failed.progress?.bytesDownloaded == 30_000)
      bench.source.change(Bench.url) { $0?.drops = [] }
      try await engine.retry(id)
      return try await engine.ended(id)
    }
    #expect(task.status == .completed)
    #expect(task.errorMessage == nil)
    #expect(bench.source.offsets.last == 30_000)
    #expect(bench.source.offsets.filter { $0 < 30_000 } == [0])
  }

  @Test("finds its file again when it ended between the name and the record") func placedBefore()
    async throws
  {
    let bench = try Bench()
    var file = ScriptedFile(size: 60_000)
    file.holdsAt = 40_000
    bench.source.offer(file, at: Bench.url)
    let id = try await bench.withEngine { engine in
      let id = try await engine.queue()
      try await engine.reached(40_000, id)
      return id
    }
    // What a filesystem without hard links has after a crash: the new name, no partial file.
    try bench.write(file.bytes, to: "checkpoints/model.safetensors")
    try FileManager.default.removeItem(atPath: bench.models + "/.winch/\(id).part")
    let store = try Store(path: bench.directory + "/data/engine.sqlite")
    let all = ByteRanges(0..<60_000)
    try await store.keep(
      TransferRanges(written: all, synced: all), of: id, countsForTask: true, now: Date())
    try store.recordPlacement(id, path: "checkpoints/model.safetensors")
    let task = try await bench.withEngine { try await $0.ended(id) }
    #expect(task.status == .completed)
    #expect(task.result?.verified == true)
    #expect(bench.source.offsets == [0])
  }
}

import ComfyAPI
import Foundation

/// Tasks whose bytes are a function of the time: as many as are wanted move without any transfer.
struct MovingTasks: Sendable {
  let count: Int
  /// Those before it move; the others have completed.
  let active: Int
  /// Whether time passes for them.
  let areMoving: Bool
  private let start: Date

  init(count: Int, active: Int, areMoving: Bool, start: Date) {
    self.count = count
    self.active = active
    self.areMoving = areMoving
    self.start = start
  }

  static func id(_ number: Int) -> String {
    String(format: "00000000-0000-4000-8000-%012d", number)
  }

  static func name(_ number: Int) -> String { "some-model-\(number)-fp16.safetensors" }

  /// The task with an identifier; nil when there is none.
  func number(of id: String) -> Int? {
    id.split(separator: "-").last.flatMap { Int($0) }.flatMap { $0 < count ? $0 : nil }
  }

  /// The newest is the first to move, as in a queue that has been used for long.
  func isActive(_ number: Int) -> Bool { number >= count - active }

  /// Large enough not to end while somebody measures.
  static func size(_ number: Int) -> Int64 { 20_000_000_000 + Int64(number % 97) * 123_456_789 }

  /// In bytes per second; it varies around what the task's line gives, as speeds do.
  func speed(_ number: Int, at time: Date) -> Int64 {
    guard areMoving else { return 0 }
    let wave = sin(seconds(at: time) / 3 + Double(number))
    return Int64(base(number) * (1 + 0.2 * wave))
  }

  /// The integral of the speed, so that it never falls.
  func bytes(_ number: Int, at time: Date) -> Int64 {
    let phase = Double(number)
    let seconds = seconds(at: time)
    let wave = 3 * 0.2 * (cos(phase) - cos(seconds / 3 + phase))
    let there = Double(Self.size(number) / 100 * Int64(number % 90))
    return Int64(there + base(number) * (seconds + wave))
  }

  private func base(_ number: Int) -> Double { 400_000 + Double(number % 53) * 170_000 }

  private func seconds(at time: Date) -> Double {
    areMoving ? time.timeIntervalSince(start) : 0
  }
}

extension MovingTasks {
  func entry(_ number: Int, at time: Date) -> TaskEntry {
    TaskEntry(
      id: Self.id(number), taskName: "download_file",
      status: isActive(number) ? .running : .completed, createTime: start, startedAt: start,
      completedAt: isActive(number) ? nil : start, progress: progress(number, at: time))
  }

  func task(_ number: Int, at time: Date) -> TaskResponse {
    var task = TaskResponse(
      id: Self.id(number), idempotencyKey: Self.id(number), taskName: "download_file",
      payload: ["name": .string(Self.name(number))],
      status: isActive(number) ? .running : .completed, createTime: start, updateTime: time)
    task.startedAt = start
    task.progress = progress(number, at: time)
    return task
  }

  func message(_ number: Int, at time: Date) -> AssetDownloadMessage {
    let (bytes, size) = (bytes(number, at: time), Self.size(number))
    return AssetDownloadMessage(
      taskID: Self.id(number), assetName: Self.name(number), bytesTotal: size,
      bytesDownloaded: bytes, progress: Double(bytes) / Double(size), status: .running)
  }

  private func progress(_ number: Int, at time: Date) -> TaskProgress? {
    guard isActive(number) else { return nil }
    return TaskProgress(
      bytesTotal: Self.size(number), bytesDownloaded: bytes(number, at: time),
      bytesPerSecond: speed(number, at: time), phase: .downloading)
  }
}

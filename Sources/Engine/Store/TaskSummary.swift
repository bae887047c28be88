import ComfyAPI
import Foundation
import GRDB

/// What the list of tasks shows of one: the columns that need no decoding.
struct TaskSummary: Sendable, Equatable {
  let id: String
  let status: TaskStatus
  let size: Int64?
  let checkpoint: Int64
  let createdAt: Date
  let startedAt: Date?
  let completedAt: Date?
  let position: Int64
  let isPaused: Bool
  let speedLimit: Int64?
}

extension TaskSummary {
  init(_ task: TaskRecord) {
    id = task.id
    status = task.taskStatus
    size = task.size
    checkpoint = task.checkpoint
    createdAt = task.createdAt
    startedAt = task.startedAt
    completedAt = task.completedAt
    position = task.position
    isPaused = task.isPaused
    speedLimit = task.speedLimit
  }
}

extension TaskSummary: FetchableRecord {
  /// In the order in which `init` reads them.
  static let columns: [Column] = [
    "id", "status", "size", "checkpoint", "createdAt", "startedAt", "completedAt",
    "position", "isPaused", "speedLimit",
  ].map { Column($0) }

  init(row: Row) {
    id = row[0]
    status = TaskStatus(rawValue: row[1])
    size = row[2]
    checkpoint = row[3]
    createdAt = Date(timeIntervalSince1970: row[4])
    startedAt = (row[5] as Double?).map(Date.init(timeIntervalSince1970:))
    completedAt = (row[6] as Double?).map(Date.init(timeIntervalSince1970:))
    position = row[7]
    isPaused = row[8]
    speedLimit = row[9]
  }
}

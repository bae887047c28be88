/// The page that every screen asks for again and again.
extension TasksListResponse: DirectlyWritten {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.name("pagination")
      pagination.write(to: &json)
      json.name("tasks")
      json.array(tasks) { $0.write(to: &$1) }
    }
  }
}

extension PaginationInfo {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.name("has_more")
      json.boolean(hasMore)
      json.name("limit")
      json.integer(limit)
      json.name("offset")
      json.integer(offset)
      json.name("total")
      json.integer(total)
    }
  }
}

extension TaskEntry {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      if let completedAt {
        json.name("completed_at")
        json.date(completedAt)
      }
      json.name("create_time")
      json.date(createTime)
      json.name("id")
      json.string(id)
      if let progress {
        json.name("progress")
        progress.write(to: &json)
      }
      if let startedAt {
        json.name("started_at")
        json.date(startedAt)
      }
      json.name("status")
      json.string(status.rawValue)
      json.name("task_name")
      json.string(taskName)
    }
  }
}

extension TaskProgress {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.name("bytes_downloaded")
      json.integer(bytesDownloaded)
      if let bytesPerSecond {
        json.name("bytes_per_second")
        json.integer(bytesPerSecond)
      }
      if let bytesTotal {
        json.name("bytes_total")
        json.integer(bytesTotal)
      }
      if let connections {
        json.name("connections")
        json.integer(connections)
      }
      if let limit {
        json.name("limit")
        json.integer(limit)
      }
      if let isMovable {
        json.name("movable")
        json.boolean(isMovable)
      }
      if let phase {
        json.name("phase")
        json.string(phase.rawValue)
      }
      if let queueOrder {
        json.name("queue_order")
        json.integer(queueOrder)
      }
      if let waitReason {
        json.name("wait_reason")
        json.string(waitReason)
      }
    }
  }
}

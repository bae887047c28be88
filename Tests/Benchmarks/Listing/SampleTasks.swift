import Foundation
import GRDB

/// Tasks as years of use leave them in an engine's database: most completed, some not.
enum SampleTasks {
  static func insert(_ count: Int, into path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.write { database in
      let statement = try database.makeStatement(
        sql: """
          INSERT INTO tasks (id, url, tags, userMetadata, folder, name, status, attempt, size,
            metadata, checkpoint, errorCode, errorMessage, result, createdAt, updatedAt, startedAt,
            completedAt)
          VALUES (?, ?, '["models","checkpoints"]', '{"source":"huggingface"}', 'checkpoints', ?, ?,
            1, ?, '{"base_model":["SDXL"]}', ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      for number in 0..<count { try statement.execute(arguments: row(number, of: count)) }
    }
    try database.close()
  }

  /// Adds tasks that wait for their turn.
  static func insertQueued(_ count: Int, into path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.write { database in
      let statement = try database.makeStatement(
        sql: """
          INSERT INTO tasks (id, url, tags, userMetadata, folder, name, status, attempt, size,
            metadata, checkpoint, createdAt, updatedAt, position)
          VALUES (?, ?, '["models","checkpoints"]', '{}', 'checkpoints', ?, 'created', 0, ?, '{}',
            0, ?, ?, ?)
          """)
      let now = Date().timeIntervalSince1970
      for number in 0..<count {
        let name = "some-model-\(number)-fp16.safetensors"
        try statement.execute(arguments: [
          UUID().uuidString.lowercased(),
          "https://huggingface.co/some/model-\(number)/resolve/main/\(name)", name,
          Int64(number + 1) * 1_234_567, now, now, number,
        ])
      }
    }
    try database.close()
  }

  private static func row(_ number: Int, of count: Int) -> StatementArguments {
    let id = UUID().uuidString.lowercased()
    let name = "some-model-\(number)-fp16.safetensors"
    let status = number % 20 == 0 ? "failed" : number % 33 == 0 ? "cancelled" : "completed"
    let size = Int64(number + 1) * 1_234_567
    let created = Date().timeIntervalSince1970 - Double(count - number) * 60 + 0.123
    let result =
      #"{"success":\#(status == "completed"),"filename":"\#(name)","bytes_downloaded":\#(size),"#
      + #""hash":"blake3:\#(String(repeating: "ab", count: 32))","asset_id":"\#(id)"}"#
    let isFailed = status == "failed"
    return [
      id, "https://huggingface.co/some/model-\(number)/resolve/main/\(name)", name, status, size,
      isFailed ? size / 2 : size, isFailed ? "NETWORK_ERROR" : nil,
      isFailed ? "The connection broke." : nil, result, created, created + 50, created + 1,
      created + 49,
    ]
  }
}

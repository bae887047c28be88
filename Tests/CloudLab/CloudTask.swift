import ComfyAPI
import Foundation

/// A task of the lab.
public struct CloudTask: Sendable, Equatable {
  public let id: String
  public let url: String
  public let tags: [String]
  public let userMetadata: [String: JSONValue]
  public var taskName: String
  /// As the contract writes it, or a word it has never heard of.
  public var status = "created"
  public var createTime = Date()
  public var startedAt: Date?
  public var completedAt: Date?
  public var bytesTotal = 0
  public var bytesDownloaded = 0
  public var assetID: String?
  public var error: String?

  init(
    url: String, tags: [String], userMetadata: [String: JSONValue] = [:], taskName: String
  ) {
    id = UUID().uuidString.lowercased()
    self.url = url
    self.tags = tags
    self.userMetadata = userMetadata
    self.taskName = taskName
  }

  /// The last part of the link.
  var fileName: String { url.split(separator: "/").last.map(String.init) ?? "file" }

  var isActive: Bool { !["completed", "failed", "cancelled"].contains(status) }

  /// Moves to a status, with the times that go with it.
  mutating func move(to status: String) {
    self.status = status
    if status != "created" { startedAt = startedAt ?? Date() }
    completedAt = isActive ? nil : Date()
  }
}

extension CloudTask {
  /// As the list shows it. The cloud's tasks have no bytes.
  var entry: JSONValue { .object(common) }

  /// As it is shown alone.
  var whole: JSONValue {
    var fields = common
    fields["idempotency_key"] = .string("user:" + url)
    fields["payload"] = .object([
      "source_url": .string(url), "tags": .array(tags.map(JSONValue.string)),
      "user_metadata": .object(userMetadata),
    ])
    fields["update_time"] = CloudTime.json(completedAt ?? startedAt ?? createTime)
    fields["error_message"] = error.map(JSONValue.string)
    if status == "completed" { fields["result"] = result }
    return .object(fields)
  }

  private var common: [String: JSONValue] {
    var fields: [String: JSONValue] = [
      "id": .string(id), "task_name": .string(taskName), "status": .string(status),
      "create_time": CloudTime.json(createTime),
    ]
    fields["started_at"] = startedAt.map(CloudTime.json)
    fields["completed_at"] = completedAt.map(CloudTime.json)
    return fields
  }

  private var result: JSONValue {
    .object([
      "success": true, "filename": .string(fileName), "content_type": "application/octet-stream",
      "bytes_downloaded": .integer(Int64(bytesTotal)),
      "asset_id": assetID.map(JSONValue.string) ?? .null,
    ])
  }

  /// As `/ws` tells of it.
  func message(asPercent: Bool) -> String {
    var part = bytesTotal > 0 ? Double(bytesDownloaded) / Double(bytesTotal) : 0
    if status == "completed" { part = 1 }
    var data: [String: JSONValue] = [
      "task_id": .string(id), "asset_name": .string(fileName), "status": .string(status),
      "bytes_total": .integer(Int64(bytesTotal)),
      "bytes_downloaded": .integer(Int64(bytesDownloaded)),
      "progress": .number(asPercent ? part * 100 : part),
    ]
    data["error"] = error.map(JSONValue.string)
    data["asset_id"] = assetID.map(JSONValue.string)
    let message: JSONValue = .object(["type": "asset_download", "data": .object(data)])
    return (try? WireFormat.encodeText(message)) ?? ""
  }
}

import ComfyAPI
import Foundation

/// An asset of the lab.
public struct CloudAsset: Sendable, Equatable {
  public let id: String
  public let url: String
  public internal(set) var name: String
  public let size: Int
  public internal(set) var tags: [String]
  public internal(set) var userMetadata: [String: JSONValue] = [:]
  public let createdAt: Date

  init(url: String, size: Int, tags: [String]) {
    id = UUID().uuidString.lowercased()
    self.url = url
    self.size = size
    self.tags = tags
    name = url.split(separator: "/").last.map(String.init) ?? "file"
    createdAt = Date()
  }

  init(of task: CloudTask) {
    self.init(url: task.url, size: task.bytesTotal, tags: task.tags)
  }

  /// Made up, but always the same for a link.
  public var hash: String {
    let seed = url.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    let digits = String(seed, radix: 16)
    let block = String(repeating: "0", count: 16 - digits.count) + digits
    return "blake3:" + String(repeating: block, count: 4)
  }

  func json(usingOlderNames: Bool) -> [String: JSONValue] {
    var fields: [String: JSONValue] = [
      "id": .string(id), "name": .string(name), "tags": .array(tags.map(JSONValue.string)),
      "created_at": CloudTime.json(createdAt), "updated_at": CloudTime.json(createdAt),
      "size": .integer(Int64(size)), "is_immutable": false,
      "user_metadata": .object(userMetadata),
    ]
    if usingOlderNames {
      fields["asset_hash"] = .string(hash)
      fields["prompt_id"] = .null
    } else {
      fields["hash"] = .string(hash)
      fields["job_id"] = .null
      fields["display_name"] = .string(name)
      fields["file_path"] = .string("models/" + (tags.dropFirst().first ?? "loras") + "/" + name)
    }
    return fields
  }
}

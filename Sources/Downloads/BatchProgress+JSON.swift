import ComfyAPI

/// How far some files have come, as programs read it: every key always present, null where unknown.
extension BatchProgress {
  public var json: JSONValue {
    .object([
      "stage": .string(verb),
      "files_done": .integer(Int64(files)),
      "files_total": .optional(hasUnknownFiles ? nil : Int64(filesTotal)),
      "bytes_done": .integer(bytes),
      "bytes_total": .optional(hasUnknownSizes || hasUnknownFiles ? nil : bytesTotal),
      "bytes_per_second": .optional(bytesPerSecond),
      "eta_seconds": .optional(secondsLeft),
      "under_way": .array(items.map(\.json)),
    ])
  }
}

extension BatchProgress.Item {
  public var json: JSONValue {
    .object([
      "name": .string(name),
      "phase": .optional(word),
      "wait_reason": .optional(reason),
      "bytes_done": .integer(bytes),
      "bytes_total": .optional(bytesTotal),
    ])
  }
}

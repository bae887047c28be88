import ComfyAPI
import Engine
import HTTPTypes
import Hummingbird

/// The form of `POST /api/assets`, read as it arrives: the file goes to the disk, the other fields are
/// kept.
struct UploadForm {
  /// Bytes of a file; the largest that Comfy Cloud takes.
  static let largestFile: Int64 = 100_000_000_000
  /// Bytes of any other field.
  static let largestField = 128 << 10

  private static let fields: Set<String> = [
    "file", "tags", "id", "preview_id", "name", "mime_type", "hash", "user_metadata",
  ]

  private let largestFile: Int64
  /// The part that is being read.
  private var current: MultipartHead?
  private var file: MultipartHead?
  private var fileSize: Int64 = 0
  private var texts: [String: [UInt8]] = [:]

  init(largestFile: Int64 = Self.largestFile) { self.largestFile = largestFile }

  /// Reads a whole request.
  ///
  /// - Returns: what the form says of the file, whose bytes are in `target` then.
  /// - Throws: 400 that names the field, 413, and what `target` throws.
  static func receive(
    _ request: Request, boundary: String, into target: UploadFile
  ) async throws -> AssetUpload {
    guard var parser = MultipartParser(boundary: boundary) else {
      throw Refusal.invalid("Content-Type", "The boundary is malformed.")
    }
    let announced = request.headers[.contentLength].flatMap { Int64($0) } ?? 0
    guard announced <= largestFile + Int64(Routes.largestBody) else { throw Refusal.fileTooLarge }
    var form = UploadForm()
    do {
      for try await piece in request.body {
        for event in try parser.feed(piece.readableBytesView) {
          if let bytes = try form.take(event) { try await target.append(bytes) }
        }
      }
      try parser.finish()
    } catch let error as MultipartError {
      throw Refusal.invalid("", error.message, code: "INVALID_BODY")
    }
    return try form.upload()
  }

  /// Takes the next event; returns bytes of the file.
  mutating func take(_ event: MultipartParser.Event) throws(Refusal) -> ArraySlice<UInt8>? {
    switch event {
    case .part(let head): try begin(head)
    case .content(let bytes): return try add(bytes)
    case .partEnd: current = nil
    }
    return nil
  }

  private mutating func begin(_ head: MultipartHead) throws(Refusal) {
    guard Self.fields.contains(head.name) else {
      throw .invalid(
        String(head.name.prefix(64)), "There is no field of this name.", code: "INVALID_BODY")
    }
    guard head.name == "file" ? file == nil : texts[head.name] == nil else {
      throw .invalid(head.name, "The field is given twice.", code: "INVALID_BODY")
    }
    current = head
    if head.name == "file" { file = head } else { texts[head.name] = [] }
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> ArraySlice<UInt8>? {
    guard let name = current?.name else { return nil }
    if name == "file" {
      fileSize += Int64(bytes.count)
      guard fileSize <= largestFile else { throw .fileTooLarge }
      return bytes
    }
    texts[name]?.append(contentsOf: bytes)
    guard texts[name]?.count ?? 0 <= Self.largestField else {
      throw .invalid(
        name, "'\(name)' is longer than 128 KiB.", status: .contentTooLarge,
        code: "BODY_TOO_LARGE")
    }
    return nil
  }

  /// What the fields say, once all have come.
  ///
  /// - Throws: 400 that names the field.
  func upload() throws(Refusal) -> AssetUpload {
    guard let file else {
      throw .invalid("file", "'file' is missing.", code: "INVALID_BODY")
    }
    let hash = try text("hash")
    if let hash, !ContentHash.isValid(hash) { throw .badHash("hash") }
    let mimeType = try text("mime_type") ?? file.contentType.flatMap(Self.told)
    return AssetUpload(
      filename: file.filename, tags: try json("tags", "a JSON list of texts") ?? [],
      id: try text("id"), previewID: try text("preview_id"), name: try text("name"),
      mimeType: mimeType, hash: hash,
      userMetadata: try json("user_metadata", "a JSON object") ?? [:])
  }

  /// Nil for the type that says nothing.
  private static func told(_ type: String) -> String? {
    type == "application/octet-stream" ? nil : type
  }

  private func text(_ name: String) throws(Refusal) -> String? {
    guard let bytes = texts[name] else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid(name, "'\(name)' is not UTF-8.", code: "INVALID_BODY")
    }
    return text
  }

  private func json<Value: Decodable>(
    _ name: String, _ description: String
  ) throws(Refusal) -> Value? {
    guard let bytes = texts[name] else { return nil }
    do {
      return try WireFormat.decode(Value.self, from: bytes)
    } catch {
      throw .invalid(name, "'\(name)' should be \(description).", code: "INVALID_BODY")
    }
  }
}

extension Refusal {
  static let fileTooLarge = Refusal(
    .contentTooLarge, "FILE_TOO_LARGE",
    "The file is larger than \(UploadForm.largestFile) bytes.", details: ["field": "file"])
}

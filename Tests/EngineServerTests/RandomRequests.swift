import Foundation

/// Makes requests that nobody should make, the same ones for the same seed.
struct RandomRequests {
  private var random: SplitMix64
  /// Ids of assets that are there, so that the engine is reached too.
  private let ids: [String]

  init(seed: UInt64, ids: [String]) {
    random = SplitMix64(state: seed)
    self.ids = ids
  }

  struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  /// A request with proper framing, whose connection ends with its answer.
  mutating func next() -> (isHead: Bool, bytes: [UInt8]) {
    let method = pick(["GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
    let (type, body) = body()
    var head = "\(method) \(target()) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    if chance(0.9) { head += "Content-Type: \(type)\r\n" }
    for name in ["Range", "If-None-Match", "If-Range", "If-Match", "Accept"] where chance(0.2) {
      head += "\(name): \(pick(Self.headerValues))\r\n"
    }
    if !body.isEmpty { head += "Content-Length: \(body.count)\r\n" }
    return (method == "HEAD", Array((head + "\r\n").utf8) + body)
  }

  // MARK: Targets

  /// All that is served but the end of the engine.
  private static let paths = [
    "/api/assets", "/api/assets", "/api/assets/download", "/api/assets/remote-metadata",
    "/api/assets/from-hash", "/api/assets/hash/*", "/api/assets/tags/refine", "/api/assets/*",
    "/api/assets/*/tags", "/api/assets/*/content", "/api/assets/seed", "/api/tags", "/api/tasks",
    "/api/tasks/*", "/api/secrets", "/api/secrets/*", "/api/secrets/providers", "/api/features",
    "/api/user", "/api/system_stats", "/api/experiment/models", "/api/experiment/models/*",
    "/api/winch/status", "/api/winch/tasks/*/retry", "/api/view", "/ws", "/", "/*/*",
  ]

  private static let names = [
    "limit", "offset", "sort", "order", "status", "tags_all", "include_tags", "tags_any",
    "tags_none", "name_contains", "metadata_filter", "hash", "after", "include_public", "prefix",
    "include_zero", "created_after", "created_before", "sort_order", "task_name",
    "idempotency_key", "url", "disposition", "x",
  ]

  private mutating func target() -> String {
    var path =
      pick(Self.paths).split(separator: "*", omittingEmptySubsequences: false)
      .map(String.init).reduce(into: nil as String?) { path, part in
        path = path.map { $0 + segment() + part } ?? part
      } ?? "/"
    if chance(0.05) { path += pick(["/", "//", "/..", "/%2e%2e/x", ";a=b", "#x"]) }
    let items = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      pick(Self.names) + pick(["=", "=", "=", "", "=="]) + value()
    }
    return path + (items.isEmpty ? "" : "?" + items.joined(separator: pick(["&", "&", "&&", ";"])))
  }

  private mutating func segment() -> String {
    if chance(0.5) { return pick(ids) }
    return chance(0.2) ? value() : pick([uuid(), "loras", "nope", "blake3:" + hex()])
  }

  /// Values of a query or a path, without characters that would end the request line.
  private static let values = [
    "", "0", "1", "-1", "500", "99999999999999999999", "1e9", "0x1", "true", "null", "%00",
    "%zz", "%", "%ff%fe", "%c3%28", "%E2%80%AE", "a+b", "a%2Cb", ",", ",,,", "..", "%2e%2e%2f",
    "2026-01-31T12:00:00Z", "2026-13-99T99:99:99Z", "+999999-01-01T00:00:00Z", "name", "size",
    "desc", "asc", "created", "running,failed", "%7B%22rank%22%3A1%7D", "%7B%22a%22%3A%5B%5D%7D",
    "%5B", "%7B%22a%22%3A1e999%7D", "blake3:HEX", "sha256:HEX",
    "https%3A%2F%2Fexample.com%2Fx", "https%3A%2F%2Fhuggingface.co%2Fa", "inline",
    "WyJuYW1lIix0cnVlLG51bGwsMV0=", "WyJzaXplIixmYWxzZSx7fSw5MjIzMzcyMDM2ODU0Nzc1ODA3XQ==",
    String(repeating: "a", count: 3000), String(repeating: "a,", count: 120), "\u{1F4A9}", "é",
    "'%3B%20DROP%20TABLE%20assets%3B--",
  ]

  private mutating func value() -> String { filled(pick(Self.values)) }

  /// Puts a hash and an id in.
  private mutating func filled(_ text: String) -> String {
    guard text.utf8.count < 200 else { return text }
    return text.replacing("HEX", with: hex()).replacing("ID", with: pick(ids))
  }

  private mutating func uuid() -> String {
    let digits = hex()
    return [8, 4, 4, 4, 12].map { String(digits.prefix($0)) }.joined(separator: "-")
  }

  private mutating func hex() -> String {
    (0..<64).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
  }

  private static let headerValues = [
    "bytes=0-1", "bytes=-1", "bytes=5-2", "bytes=99999999999999999999-", "bytes=0-1,3-4", "bytes",
    "=", "\"\"", "*", "W/\"x\"", ",", "text/html", ";;;", "\"", "é",
  ]

  // MARK: Bodies

  private mutating func body() -> (type: String, bytes: [UInt8]) {
    if chance(0.3) {
      let bytes = damaged(form())
      return ("multipart/form-data; boundary=\(pick(["b", "b", "b", "\"b\"", "", "c"]))", bytes)
    }
    let json =
      "{"
      + (0..<Int.random(in: 0...5, using: &random)).map { _ in member() }
      .joined(separator: ",") + "}"
    let type = pick(["application/json", "application/json", "text/plain", "", ";"])
    return chance(0.2) ? (type, []) : (type, damaged(Array(json.utf8)))
  }

  private mutating func member() -> String {
    let name = pick([
      "source_url", "tags", "user_metadata", "preview_id", "filename", "hash", "name", "mime_type",
      "url", "secret_value", "provider", "credential_type", "\\u0000", "",
    ])
    return "\"\(name)\":\(json())"
  }

  private static let jsonValues = [
    "null", "true", "0", "-1", "1e400", "123456789012345678901234567890", "1.5", "\"\"",
    "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\u{1B}[31m\"", "\"\u{202E}\"", "[]", "[\"models\"]",
    "[\"models\",\"loras\"]", "[\"model_type:vae\"]", "[\"model_type:../x\"]", "[1]", "[null]",
    "{}", "{\"a\":1}", "{\"a\":{\"b\":[[[]]]}}", "\"blake3:HEX\"", "\"sha256:HEX\"",
    "\"https://huggingface.co/a/b/resolve/main/c\"", "\"http://[::1\"", "\"file:///etc/passwd\"",
    "\"../../x\"", "\"huggingface\"", "\"api_key\"", "\"ID\"",
    String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
    String(repeating: "{\"a\":", count: 300) + "1" + String(repeating: "}", count: 300),
    "\"" + String(repeating: "n", count: 70_000) + "\"",
  ]

  private mutating func json() -> String { filled(pick(Self.jsonValues)) }

  private mutating func form() -> [UInt8] {
    var form: [UInt8] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let name = pick(["file", "file", "tags", "id", "name", "hash", "user_metadata", "x"])
      let header =
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(value())\""
      let content = name == "file" ? String(repeating: value(), count: 40) : json()
      form += Array((header + "\r\n\r\n" + content + "\r\n").utf8)
    }
    return form + Array("--b--\r\n".utf8)
  }

  /// Cuts, repeats or changes some bytes, or none.
  private mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    guard chance(0.4), !bytes.isEmpty else { return bytes }
    var bytes = bytes
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes.removeLast(Int.random(in: 0...min(bytes.count, 40), using: &random))
    case 1: bytes.insert(contentsOf: bytes.prefix(20), at: bytes.count / 2)
    default:
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
    }
    return bytes
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < probability
  }
}

import Foundation

/// A model file of random bytes: a safetensors file with one tensor, so that the engine's look at its
/// header finds a model.
struct HubFile {
  let name: String
  let path: String
  /// In bytes, header included.
  let size: Int
  /// 64 lowercase hexadecimal digits.
  let sha256: String

  /// Writes the file.
  ///
  /// - Parameter bytes: of the tensor.
  init(name: String, bytes: Int, in folder: String) throws {
    self.name = name
    path = folder + "/" + name
    let header = Self.header(bytes)
    size = header.count + bytes
    try Self.write(header, thenRandom: bytes, to: path)
    let sum = path + ".sum"
    defer { unlink(sum) }
    let program = try InstalledProgram.path("sha256sum", for: "the hub's hash")
    try MeasuredProcess.run([program, path], output: sum)
    sha256 = String(try String(contentsOfFile: sum, encoding: .utf8).prefix(64))
  }

  private static func header(_ bytes: Int) -> [UInt8] {
    var json = Array(
      #"{"weights":{"dtype":"U8","shape":[\#(bytes)],"data_offsets":[0,\#(bytes)]}}"#.utf8)
    while json.count % 8 != 0 { json.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(json.count).littleEndian, Array.init) + json
  }

  private static func write(_ header: [UInt8], thenRandom bytes: Int, to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path),
      let random = FileHandle(forReadingAtPath: "/dev/urandom")
    else { throw BenchmarkError(description: "\(path) cannot be written.") }
    try file.write(contentsOf: header)
    var left = bytes
    while left > 0 {
      guard let piece = try random.read(upToCount: min(left, 4 << 20)), !piece.isEmpty else {
        break
      }
      try file.write(contentsOf: piece)
      left -= piece.count
    }
    try file.close()
  }
}

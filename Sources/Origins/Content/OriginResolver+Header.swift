import Downloads
import Transport

extension OriginResolver {
  /// Reads the header of a file, without its tensors: one small request, and a second one for the few
  /// whose header is long.
  ///
  /// - Throws: a failure with code `FORMAT_NOT_ALLOWED` when the file cannot be what its name says.
  public func header(of file: ResolvedFile) async throws(OriginError) -> ModelHeader? {
    guard FileFormat(name: file.name).isModel else { return nil }
    var start = FileStart(
      try await bytes(of: file, count: FileStart.length), size: file.size)
    if let header = try Self.checked(start, file) { return header }
    guard let length = start.headerLength, length > FileStart.length else { return nil }
    start = FileStart(try await bytes(of: file, count: length), size: file.size)
    return try Self.checked(start, file)
  }

  private func bytes(of file: ResolvedFile, count: Int) async throws(OriginError) -> [UInt8] {
    let last = min(Int64(count), file.size ?? .max) - 1
    guard last >= 0 else { return [] }
    let content = try await content(of: file, from: 0, through: last)
    var bytes: [UInt8] = []
    do {
      // A server that ignores ranges would send the whole file.
      for try await piece in content.body {
        bytes += piece
        if bytes.count > last { break }
      }
    } catch {
      throw OriginError(error)
    }
    return Array(bytes.prefix(count))
  }

  private static func checked(
    _ start: FileStart, _ file: ResolvedFile
  ) throws(OriginError) -> ModelHeader? {
    do {
      return try start.header(named: file.name)
    } catch {
      throw OriginError(failure: error, advice: .giveUp)
    }
  }
}

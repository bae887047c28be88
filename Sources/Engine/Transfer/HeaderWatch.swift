import Downloads

/// Looks at the first bytes of a file as they arrive, so that a web page or a pickle under the name of
/// a model ends a transfer at its beginning and not after 20 GB. No byte is fetched for it alone.
struct HeaderWatch {
  private let name: String
  private let size: Int64?
  private var bytes: [UInt8] = []

  init(name: String, size: Int64?) {
    self.name = name
    self.size = size
  }

  /// What became known with the last bytes.
  enum News: Equatable {
    /// More bytes are needed.
    case none
    /// Nothing speaks against the file; what its header tells, if it has one.
    case checked(ModelHeader?)
  }

  /// Takes the next bytes of the file.
  ///
  /// - Throws: why the file cannot be what its name says.
  mutating func take(_ piece: some Collection<UInt8>) throws(DownloadFailure) -> News {
    bytes += piece.prefix(max(0, FileStart.longestHeader - bytes.count))
    let start = FileStart(bytes, size: size)
    let header = try start.header(named: name)
    if header != nil { return .checked(header) }
    let wanted = max(FileStart.length, start.headerLength ?? 0)
    let isAll = size.map { Int64(bytes.count) >= $0 } ?? false
    return bytes.count >= wanted || isAll ? .checked(nil) : .none
  }
}

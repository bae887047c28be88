import Downloads

/// How many files, and how many bytes they have.
struct LinkTotals: Sendable, Equatable {
  var files = 0
  /// Bytes of the files whose size is known.
  var bytes: Int64 = 0
  var filesOfUnknownSize = 0

  init() {}

  init(_ files: some Collection<LinkPreview.File>) {
    self.files = files.count
    filesOfUnknownSize = files.count { $0.size == nil }
    for file in files { add(max(0, file.size ?? 0)) }
  }

  static func += (own: inout LinkTotals, other: LinkTotals) {
    own.files += other.files
    own.filesOfUnknownSize += other.filesOfUnknownSize
    own.add(other.bytes)
  }

  private mutating func add(_ more: Int64) {
    let (sum, overflow) = bytes.addingReportingOverflow(more)
    bytes = overflow ? .max : sum
  }
}

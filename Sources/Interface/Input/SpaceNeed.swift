import Downloads

/// What the links in the pane need, against the room that the queue leaves on the backend's disk.
struct SpaceNeed: Equatable {
  let totals: LinkTotals
  /// Bytes that will be free when everything queued has arrived, below 0 when it does not fit; nil
  /// where the backend does not tell.
  let bytesLeft: Int64?

  init(_ totals: LinkTotals, freeBytes: Int64?, bytesToCome: Int64) {
    self.totals = totals
    bytesLeft = freeBytes.map { $0.subtracting(bytesToCome) }
  }

  var fits: Bool { bytesLeft.map { totals.bytes == 0 || totals.bytes <= $0 } ?? true }

  /// The longest of its wordings that fits; nil when there is nothing to say or no room.
  func text(room: Int) -> String? { texts.first { $0.utf8.count <= room } }

  private var texts: [String] {
    guard totals.files > 0 else { return [] }
    let files = counted(totals.files, "file")
    let isOpen = totals.filesOfUnknownSize > 0
    let size = totals.bytes == 0 && isOpen ? "size not known" : sizeText(isOpen: isOpen)
    guard let left = bytesLeft else { return ["\(files), \(size)", size] }
    let free = ByteCount.text(max(0, left))
    guard fits else {
      return [
        "\(files), \(size): too much for the \(free) that the queue leaves",
        "\(size): too much for \(free) free", "\(size) > \(free)!",
      ]
    }
    return [
      "\(files), \(size) of the \(free) that the queue leaves", "\(files), \(size) of \(free)",
      "\(size) of \(free)",
    ]
  }

  private func sizeText(isOpen: Bool) -> String {
    (isOpen ? "at least " : "") + ByteCount.text(totals.bytes)
  }
}

extension State {
  var spaceNeed: SpaceNeed {
    SpaceNeed(
      input.linkList.totals, freeBytes: backend.freeBytes,
      bytesToCome: downloadList.counts.bytesWanted)
  }
}

extension Int64 {
  fileprivate func subtracting(_ other: Int64) -> Int64 {
    let (result, overflow) = subtractingReportingOverflow(other)
    return overflow ? .min : result
  }
}

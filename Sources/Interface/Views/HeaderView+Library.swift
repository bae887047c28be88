import Downloads

/// What the header tells of the library: how many files, how large, and what goes on.
extension HeaderView {
  var libraryFacts: [Fact] { [titleFact] + activityFacts + sumFacts + downloadFacts }

  private var titleFact: Fact {
    Fact(text: "Library", style: state.theme.heading, importance: 7)
  }

  private var activityFacts: [Fact] {
    var facts: [Fact] = []
    if case .reading(let total) = state.library.snapshot.reading {
      let of = total.map { ", \(state.library.snapshot.assets.count) of \($0)" } ?? ""
      facts.append(Fact(text: "reading\(of)", style: state.theme.active, importance: 6))
    }
    if let checking = state.library.checking {
      facts.append(
        Fact(
          text: "\(checking.files) checking, \(checking.percent)%", style: state.theme.active,
          importance: 9))
    }
    return facts
  }

  /// Of what is marked, else of what the filter shows, else of everything.
  private var sumFacts: [Fact] {
    let list = state.library.list
    let all = list.downloads.count
    let count: String
    let bytes: Int64
    if list.markCount > 0 {
      count = "\(list.markCount) of \(counted(all, "file")) marked"
      bytes = list.targets.lazy.map(\.bytesTotal).knownSum
    } else if list.filter.isEmpty {
      count = counted(all, "file")
      bytes = state.library.bytes
    } else {
      count = "\(list.visible.count) of \(counted(all, "file"))"
      bytes = list.visible.lazy.map { list.downloads[$0].bytesTotal }.knownSum
    }
    return [
      Fact(text: count, style: state.theme.plain, importance: 9),
      Fact(text: ByteCount.text(bytes), style: state.theme.plain, importance: 8),
    ]
  }

  /// Downloads go on while somebody looks at the library.
  private var downloadFacts: [Fact] {
    let counts = state.downloadList.counts
    guard counts.active > 0 else { return [] }
    var facts = [Fact(text: "\(counts.active) active", style: state.theme.faint, importance: 4)]
    if counts.bytesPerSecond > 0 {
      let speed = ByteCount.speedText(counts.bytesPerSecond)
      facts.append(Fact(text: speed, style: state.theme.faint, importance: 3))
    }
    return facts
  }
}

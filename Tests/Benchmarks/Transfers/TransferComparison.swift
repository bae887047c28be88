import Foundation

/// Fetches one file with several programs in turn.
struct TransferComparison {
  let programs: [DownloadProgram]
  let file: HubFile
  let hub: LocalHub
  let network: any Network
  let folder: String
  let rounds: Int
  /// Whether each single run is printed too.
  let tellsRuns: Bool

  /// Measures the programs that are installed, and prints what they took. A program that fails is
  /// told of and left out of the rounds that follow.
  func run() {
    var runs = programs.map { _ in [MeasuredProcess.Usage]() }
    var waiting = programs.indices.filter { index in
      let isInstalled = programs[index].path != nil
      if !isInstalled { print("  \(programs[index].title) is not installed and is skipped.") }
      return isInstalled
    }
    for _ in 0..<rounds {
      for index in waiting {
        do {
          let usage = try programs[index].download(
            file, from: hub, over: network, into: folder + "/target")
          if usage.wasStopped {
            print("  \(programs[index].title) was stopped from outside; this run does not count.")
            continue
          }
          runs[index].append(usage)
          if tellsRuns { tell(usage, of: programs[index]) }
        } catch {
          print("  \(programs[index].title) is skipped: \(error)")
          waiting.removeAll { $0 == index }
        }
      }
    }
    printTable(zip(programs, runs).filter { !$0.1.isEmpty })
  }

  private func tell(_ usage: MeasuredProcess.Usage, of program: DownloadProgram) {
    print(
      "  \(program.title): \(Figure.text(usage.seconds, digits: 2)) s, "
        + "processor \(Figure.text(usage.processorSeconds, digits: 2)) s, "
        + "peak \(Figure.text(Double(usage.peakMemory) / 1e6, digits: 1)) MB")
    // For those who watch a file.
    fflush(nil)
  }

  private var gibibytes: Double { Double(file.size) / Double(1 << 30) }

  private func printTable(_ rows: [(DownloadProgram, [MeasuredProcess.Usage])]) {
    let reference = rows.first { $0.0.isWinch }?.1.median(\.seconds)
    let width = max(24, rows.map(\.0.title.count).max() ?? 0) + 2
    let line = { (title: String, cells: [String]) in
      print(
        "  " + title.padding(toLength: width, withPad: " ", startingAt: 0)
          + cells.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined())
    }
    line("", ["seconds", "GB/s", "CPU s/GiB", "peak MB", "winch/it"])
    for (program, usages) in rows {
      let seconds = usages.median(\.seconds)
      line(
        program.title,
        [
          Figure.text(seconds, digits: 2),
          Figure.text(Double(file.size) / seconds / 1e9, digits: 3),
          Figure.text(usages.median(\.processorSeconds) / gibibytes, digits: 2),
          Figure.text(usages.median { Double($0.peakMemory) } / 1e6, digits: 1),
          reference.map { Figure.text($0 / seconds, digits: 2) } ?? "",
        ])
    }
    fflush(nil)
  }
}

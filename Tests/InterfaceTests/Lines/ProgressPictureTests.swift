import ComfyAPI
import Downloads
import Testing

@testable import Interface

@Suite("Progress as lines that are drawn over")
struct ProgressPictureTests {
  private func picture(
    _ downloads: [Download], columns: Int, rows: Int = 24, isUnicode: Bool = true
  ) -> String {
    let size = Size(columns: columns, rows: rows)
    let medium = LineMedium(width: columns, isUnicode: isUnicode)
    return ProgressPicture(size: size, medium: medium).lines(BatchProgress(downloads))
      .map(\.text).joined(separator: "\n")
  }

  private let some = [
    download(1, "done.safetensors", .completed, total: gibibyte, bytes: gibibyte),
    download(2, "later.safetensors", .queued),
    download(
      3, "flux1-dev-fp8-e4m3fn.safetensors", total: 12 * gibibyte, bytes: 5 * gibibyte,
      speed: 84 << 20, phase: .downloading),
    download(
      4, "ae.safetensors", total: gibibyte, bytes: gibibyte, phase: .verifying),
  ]
  private let known = [
    download(1, "a.safetensors", total: 4_000_000_000, bytes: 1_000_000_000, speed: 10_000_000),
    download(2, "b.safetensors", .completed, total: 4_000_000_000, bytes: 4_000_000_000),
  ]

  @Test("each that has not ended has a bar, those under way first, and all have one below")
  func wide() {
    #expect(
      picture(some, columns: 100) == """
        flux1-dev-fp8-e4m3fn.safetensors  ██████████▍··············   41%     88 MB/s   1m26s   5.4/12.9 GB
        ae.safetensors                    █████████████████████████  100%   verifying            1.1/1.1 GB
        later.safetensors                 ·························     –      queued                   0 B
        1 of 4 files                      ····███··················     –     88 MB/s       –        7.5 GB
        """)
  }

  @Test("80 columns")
  func usual() {
    #expect(
      picture(known, columns: 80) == """
        a.safetensors  ██████··················   25%     10 MB/s   5m00s    1.0/4.0 GB
        1 of 2 files   ███████████████·········   62%     10 MB/s   5m00s    5.0/8.0 GB
        """)
  }

  @Test("40 columns keep name, bar and percent")
  func narrow() {
    #expect(
      picture(known, columns: 40) == """
        a.safetensors  ████▌·············   25%
        1 of 2 files   ███████████▎······   62%
        """)
  }

  @Test("20 columns keep name and percent, in ASCII too")
  func narrower() {
    #expect(
      picture(known, columns: 20, isUnicode: false) == """
        a.safetensors   25%
        1 of 2 files    62%
        """)
  }

  @Test("a single file needs no line for all")
  func single() {
    #expect(
      picture([known[0]], columns: 60) == """
        a.safetensors  ████▌·············   25%     10 MB/s   5m00s
        """)
  }

  private func held(_ reason: String) -> [Download] {
    var held = download(
      5, "vae.safetensors", total: 4_000_000_000, bytes: 1_000_000_000, phase: .waiting)
    held.waitReason = reason
    return known + [held]
  }

  @Test("why one waits stands in place of its bar, cut to the width")
  func waiting() {
    let reason =
      "Waiting for “model.safetensors”, which has the same content and is being downloaded."
    #expect(
      picture(held(reason), columns: 80) == """
        a.safetensors    █████▌················   25%     10 MB/s   5m00s    1.0/4.0 GB
        vae.safetensors  25%  Waiting for “model.safetensors”, which has the same cont…
        1 of 3 files     ███████████···········   50%     10 MB/s  10m00s   6.0/12.0 GB
        """)
  }

  @Test("a reason neither moves the cursor nor fills the width", arguments: 1...120)
  func hostileReason(columns: Int) {
    let size = Size(columns: columns, rows: 24)
    let downloads = held("模型\u{1B}[9A\n" + String(repeating: "一二", count: 60))
    let medium = LineMedium(width: columns)
    for line in ProgressPicture(size: size, medium: medium).lines(BatchProgress(downloads)) {
      #expect(line.columns < max(columns, 8), "\(line.text)")
      #expect(!line.text.unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test("there are no more lines than the terminal has, and the last tells of all")
  func few() {
    let many = (0..<30).map {
      download($0, "\($0).safetensors", total: 1000, bytes: 10, phase: .downloading)
    }
    for rows in 1...40 {
      let lines = picture(many, columns: 60, rows: rows).split(separator: "\n")
      #expect(lines.count == min(rows - 1, 31))
      if rows > 1 { #expect(lines.last?.hasPrefix("0 of 30 files") == true) }
    }
  }

  @Test("no line fills the terminal's width", arguments: 1...120)
  func fits(columns: Int) {
    let size = Size(columns: columns, rows: 24)
    for isUnicode in [true, false] {
      let medium = LineMedium(width: columns, isUnicode: isUnicode)
      let wide = download(5, "模型一二三四五六七八九十.safetensors", total: 100, bytes: 3)
      for line in ProgressPicture(size: size, medium: medium).lines(BatchProgress(some + [wide])) {
        #expect(line.columns < max(columns, 8), "\(line.text)")
      }
    }
  }

  @Test("neither a name nor a phase can move the cursor")
  func hostile() {
    let text = "a\u{1B}[9A\nb"
    let phase = TaskPhase(rawValue: text)
    let downloads = [download(1, text, total: 10, bytes: 1, phase: phase)]
    let shown = picture(downloads, columns: 80)
    #expect(!shown.contains("\u{1B}"))
    #expect(!shown.contains("\n"))
    #expect(BatchProgress(downloads).items.first?.word?.contains("\u{1B}") == false)
  }

  @Test("what has failed or was cancelled counts as settled")
  func settled() {
    let failed = download(1, "a", .failed, total: 100, bytes: 40)
    let progress = BatchProgress([failed, known[1]])
    #expect(progress.fraction == 1)
    #expect(progress.items.isEmpty)
    #expect(progress.files == 2)
  }
}

@Suite("Lines that are drawn over")
struct LiveLinesTests {
  /// As much of a terminal as such lines need: what stands in its rows, and where the cursor is.
  private struct Emulator {
    private var rows: [String] = [""]
    private(set) var row = 0
    private(set) var column = 0

    /// Down to the last that is not empty.
    var text: [String] {
      Array(rows.prefix((rows.lastIndex { !$0.isEmpty } ?? -1) + 1))
    }

    mutating func write(_ text: String) {
      var rest = text[...]
      while let scalar = rest.first {
        if let match = rest.prefixMatch(of: /\e\[(\d*)([A-Z])/) {
          rest = rest[match.range.upperBound...]
          switch match.2 {
          case "A": row = max(0, row - (Int(match.1) ?? 1))
          case "K": rows[row] = String(rows[row].prefix(column))
          default: Issue.record("\(match.0.dropFirst())")
          }
          continue
        }
        rest.removeFirst()
        switch scalar {
        case "\r": column = 0
        case "\n":
          row += 1
          column = 0
          if row == rows.count { rows.append("") }
        default:
          let head = rows[row].prefix(column)
          rows[row] = head + String(scalar) + rows[row].dropFirst(column + 1)
          column += 1
        }
      }
    }
  }

  private let medium = LineMedium(width: 80)
  private let size = Size(columns: 80, rows: 24)

  @Test("stand below what was there, whatever they change to, and nothing of them stays behind")
  func changes() {
    var emulator = Emulator()
    var live = LiveLines()
    emulator.write("$ winch\n")
    let pictures = [
      ["a", "total"], ["ab", "total 1"], ["a", "b", "c", "total"], ["x", "y"], [], ["one"],
      ["total"], ["a longer line", "t"], ["a", "t"],
    ]
    for picture in pictures {
      emulator.write(live.draw(picture.map { StyledLine($0) }, size: size, medium: medium))
      #expect(emulator.text == ["$ winch"] + picture)
      #expect(emulator.column == 0)
      #expect(emulator.row == picture.count + 1)
    }
    emulator.write(live.clear(size: size))
    emulator.write("above\n")
    emulator.write(live.draw([StyledLine("a")], size: size, medium: medium))
    #expect(emulator.text == ["$ winch", "above", "a"])
    emulator.write(live.clear(size: size))
    #expect(emulator.text == ["$ winch", "above"])
    #expect(live.clear(size: size) == "")
  }

  @Test("nothing is written when nothing has changed, and only what has")
  func little() {
    var live = LiveLines()
    let lines = ["a", "b", "c"].map { StyledLine($0) }
    _ = live.draw(lines, size: size, medium: medium)
    #expect(live.draw(lines, size: size, medium: medium) == "")
    let text = live.draw([lines[0], StyledLine("x"), lines[2]], size: size, medium: medium)
    #expect(text == "\u{1B}[3A\r\nx\u{1B}[K\n\n")
  }

  @Test("a terminal that became narrower has broken them, and all rows of them are taken")
  func narrower() {
    var live = LiveLines()
    let long = StyledLine(String(repeating: "x", count: 79))
    _ = live.draw([long, StyledLine("b")], size: size, medium: medium)
    let text = live.draw([StyledLine("a")], size: Size(columns: 40, rows: 24), medium: medium)
    #expect(text == "\u{1B}[3A\r\u{1B}[K\n\u{1B}[K\n\u{1B}[K\n\u{1B}[3A\ra\n")
  }

  @Test("a terminal that became lower has lost some at its top, and nothing scrolls for them")
  func lower() {
    var live = LiveLines()
    let many = (0..<20).map { StyledLine("\($0)") }
    _ = live.draw(many, size: size, medium: medium)
    let text = live.draw([StyledLine("a")], size: Size(columns: 80, rows: 3), medium: medium)
    #expect(text == "\u{1B}[2A\r\u{1B}[K\n\u{1B}[K\n\u{1B}[2A\ra\n")
  }

  @Test("after something else was written they begin anew below it")
  func forgotten() {
    var live = LiveLines()
    _ = live.draw([StyledLine("a")], size: size, medium: medium)
    live.forget()
    #expect(live.draw([StyledLine("a")], size: size, medium: medium) == "a\n")
  }
}

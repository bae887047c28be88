import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("A list that is drawn over")
struct ListPictureTests {
  private func picture(
    _ downloads: [Download], columns: Int = 40, rows: Int, sort: String? = nil, of count: Int? = nil
  ) throws -> [String] {
    ListPicture(
      try ListSelection(sort: sort), size: Size(columns: columns, rows: rows),
      medium: LineMedium(width: columns), hosts: try testHosts(), isOnline: true, now: noon
    ).lines(downloads, of: count ?? downloads.count).map(\.text)
  }

  /// Three that have ended, the first of them last, and two that have not.
  private func five() -> [Download] {
    var all = [
      download(1, "a", .completed, total: 1000, bytes: 1000),
      download(2, "b", .completed, total: 1000, bytes: 1000), download(3, "c", .queued),
      download(4, "d", .completed, total: 1000, bytes: 1000), download(5, "e", .queued),
    ]
    all[0].completedAt = noon
    all[1].completedAt = noon.addingTimeInterval(-60)
    all[3].completedAt = noon.addingTimeInterval(-30)
    return all
  }

  @Test("is the list where there is room for all of it")
  func whole() throws {
    let names = try picture(five(), rows: 7).map { String($0.suffix(1)) }
    #expect(names == ["e", "a", "b", "c", "d", "e"])
  }

  @Test("leaves out those that ended first, and says of how many")
  func few() throws {
    func names(_ rows: Int) throws -> [String] {
      try picture(five(), rows: rows).dropFirst().map { String($0.suffix(1)) }
    }
    #expect(try names(6) == ["a", "c", "e", "5"])
    #expect(try picture(five(), rows: 6).last == "2 more of 5")
    #expect(try names(5) == ["c", "e", "5"])
    #expect(try names(4) == ["c", "5"])
  }

  @Test("in an order that was chosen, the last are left out")
  func chosen() throws {
    let rows = try picture(five(), rows: 5, sort: "name").dropFirst().map { String($0.suffix(1)) }
    #expect(rows == ["a", "b", "5"])
  }

  @Test("has never more lines than the terminal, and none as long", arguments: 1...12)
  func fits(rows: Int) throws {
    var all = five()
    all[4].status = .failed
    all[4].failure = DownloadFailure(code: "E", message: "It is not there, and will not be.")
    for columns in [1, 12, 30, 80] {
      let lines = try picture(all, columns: columns, rows: rows)
      #expect(lines.count <= max(0, rows - 1))
      for line in lines where columns > 12 { #expect(TextWidth.columns(of: line) < columns) }
    }
  }

  @Test("says why it is empty")
  func empty() throws {
    #expect(try picture([], rows: 10) == ["Nothing is queued."])
    #expect(try picture([], rows: 10, of: 3) == ["None of 3 downloads matches."])
  }
}

@Suite("Lines of what has changed")
struct ChangedDownloadsTests {
  private func line(_ download: Download) -> String {
    "\(download.name) \(download.status.rawValue)"
  }

  @Test("each is written first, and again only when its line is another")
  func changes() {
    var changes = ChangedDownloads()
    var all = [download(1, "a", .queued), download(2, "b", .queued)]
    #expect(changes.lines(of: all, line) == ["a queued", "b queued"])
    #expect(changes.lines(of: all, line) == [])
    all[0].status = .completed
    all[1].bytesDownloaded = 5
    #expect(changes.lines(of: all, line) == ["a completed"])
    #expect(changes.lines(of: [all[1]], line) == [])
    #expect(changes.lines(of: all, line) == [])
  }
}

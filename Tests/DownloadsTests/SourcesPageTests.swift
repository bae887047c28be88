import Downloads
import Foundation
import Testing

/// Compares `Docs/Sources.md` with the program.
@Suite("The page about sources")
struct SourcesPageTests {
  private let hosts: SourceHosts
  private let page: String

  init() throws {
    hosts = try SourceHosts(environment: [:])
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    page = try String(contentsOf: root.appending(path: "Docs/Sources.md"), encoding: .utf8)
  }

  /// The pairs of the table under a heading.
  private func rows(_ heading: String) throws -> [(pasted: String, result: String)] {
    let section = try #require(page.range(of: "## \(heading)\n"))
    let text = page[section.upperBound...]
    let end = text.range(of: "\n## ")?.lowerBound ?? text.endIndex
    let rows = text[..<end].matches(of: /\| `([^`]+)` \| `([^`]+)` \|/)
      .map { (String($0.1), String($0.2)) }
    #expect(rows.count > 5, "\(heading)")
    return rows
  }

  @Test("tells what each link of a file leads to")
  func files() throws {
    for (pasted, result) in try rows("One file") {
      #expect(try ModelReference(pasted, hosts: hosts).canonicalURL == result, "\(pasted)")
    }
  }

  @Test("tells which page is listed")
  func pages() throws {
    for (pasted, result) in try rows("A page with several files") {
      let reference = try PastedReference(pasted, hosts: hosts)
      #expect(reference.canonicalURL == result, "\(pasted)")
      if case .file = reference { Issue.record("\(pasted) is one file") }
    }
  }

  @Test("tells what is refused")
  func refusals() throws {
    for (pasted, code) in try rows("Refused, with the reason") {
      let failure = #expect(throws: DownloadFailure.self) {
        try PastedReference(pasted, hosts: hosts)
      }
      #expect(failure?.code == code, "\(pasted)")
    }
  }
}

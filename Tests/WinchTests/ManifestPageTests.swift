import Downloads
import Foundation
import Testing

@testable import winch

/// `make docs` writes its table anew.
@Suite("The page about manifests")
struct ManifestPageTests {
  private static let page = URL(filePath: #filePath)
    .appending(path: "../../../Docs/Manifests.md").standardized
  private static let head = "| key | takes | without it | what it is |\n|---|---|---|---|\n"

  private static var table: String {
    ManifestEntry.options.map { option in
      "| `\(option.name)` | \(option.kind.rawValue) | \(option.usualWords ?? "") | \(option.help) |\n"
    }.joined()
  }

  @Test("has the table of what a model can hold")
  func isCurrent() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: Self.head)?.upperBound)
    let end = try #require(text[start...].range(of: "\n\n")?.lowerBound ?? text.endIndex)
    if ProcessInfo.processInfo.environment["WINCH_WRITE_DOCS"] != nil {
      let isEmpty = !text[start...].hasPrefix("|")
      let rest = text[(isEmpty ? start : text.index(after: end))...]
      try (text[..<start] + Self.table + rest)
        .write(to: Self.page, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(written.contains(Self.head + Self.table + "\n"))
  }

  @Test("its examples are manifests") func examples() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let blocks = text.matches(of: /(?s)```yaml\n(.*?)```/)
    #expect(!blocks.isEmpty)
    for block in blocks {
      let manifest = try ModelManifest(
        text: String(block.1), file: "m.yaml", hosts: try SourceHosts(environment: [:]))
      #expect(!manifest.models.isEmpty)
    }
  }
}

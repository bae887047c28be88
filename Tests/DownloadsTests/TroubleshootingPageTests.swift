import Foundation
import Testing

@testable import Downloads

/// `make docs` writes the page anew.
@Suite("The page about troubles")
struct TroubleshootingPageTests {
  private let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  @Test("Docs/Troubleshooting.md is what the table of failures says")
  func isCurrent() throws {
    let page = root.appending(path: "Docs/Troubleshooting.md")
    if ProcessInfo.processInfo.environment["WINCH_WRITE_DOCS"] != nil {
      try TroubleshootingPage.markdown.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == TroubleshootingPage.markdown)
  }

  /// Codes of answers to programs, whose requests are wrong; `Docs/API.md` is about those.
  private static let ofRequests: Set<String> = [
    "ASSET_ID_UNAVAILABLE", "ASSET_NOT_FOUND", "BODY_TOO_LARGE", "CHECK_NOT_FOUND",
    "CONTENT_NOT_FOUND", "DUPLICATE_NAME", "DUPLICATE_PROVIDER", "EMPTY_UPLOAD",
    "FOLDER_NOT_FOUND", "INVALID_BODY", "INVALID_HEADER", "INVALID_ID", "INVALID_PREVIEW_ID",
    "INVALID_PROVIDER", "INVALID_REQUEST", "INVALID_TAGS", "INVALID_TAG_FILTER",
    "MALFORMED_REQUEST", "NOT_FOUND", "TASK_HAS_ENDED", "TASK_NOT_CANCELLABLE",
    "TASK_NOT_FOUND", "TASK_NOT_MOVABLE", "TASK_NOT_RETRIABLE", "TASK_SHARED",
  ]

  @Test("every code that the sources name is in the table, or is an answer to a program")
  func complete() throws {
    // A link to the sources is not walked into.
    let folder = root.appending(path: "Sources").resolvingSymlinksInPath()
    let paths = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String }
    var codes: Set<String> = []
    for path in paths ?? [] where path.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      codes.formUnion(text.matches(of: /code: "([A-Z_]+)"/).map { String($0.1) })
      codes.formUnion(text.matches(of: /OriginError\(\s*"([A-Z_]+)"/).map { String($0.1) })
    }
    #expect(codes.count > 50)
    let missing = codes.subtracting(FailureWords.entries.keys).subtracting(Self.ofRequests)
    #expect(missing.isEmpty, "\(missing.sorted())")
  }
}

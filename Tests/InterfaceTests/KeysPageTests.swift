import Foundation
import Testing

@testable import Interface

/// `make docs` writes the page anew.
@Suite("The page about keys")
struct KeysPageTests {
  @Test("Docs/Keys.md is what the action table says")
  func isCurrent() throws {
    let page = URL(filePath: #filePath).appending(path: "../../../Docs/Keys.md").standardized
    if ProcessInfo.processInfo.environment["WINCH_WRITE_DOCS"] != nil {
      try KeysPage.markdown.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == KeysPage.markdown)
  }

  @Test("every action has a sentence, and a name of lower-case words")
  func isWellFormed() {
    for action in ActionTable.actions {
      #expect(action.help.hasSuffix("."), "\(action.name)")
      #expect(action.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(action.name)")
      #expect(!action.keys.isEmpty || action.parameter != nil, "\(action.name)")
    }
  }
}

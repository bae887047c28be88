import Foundation
import Testing

@testable import Downloads

/// `make docs` writes the page anew.
@Suite("The page about what does not work")
struct TroubleshootingPageTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  @Test("Docs/Troubleshooting.md is what the table of codes says")
  func isCurrent() throws {
    let page = Self.root.appending(path: "Docs/Troubleshooting.md")
    if ProcessInfo.processInfo.environment["WINCH_WRITE_DOCS"] != nil {
      try TroubleshootingPage.markdown.write(to: page, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == TroubleshootingPage.markdown)
  }

  @Test("every code that the sources give stands in the table")
  func isComplete() throws {
    let codes = try Self.sources().flatMap { Self.given(in: $0) + Self.words(in: $0) }
    #expect(codes.count > 200)
    #expect(Set(codes).subtracting(FailureWords.entries.keys).sorted() == [])
  }

  @Test("every code of the table is given somewhere, or is Comfy Cloud's")
  func isProduced() throws {
    let given = Set(try Self.sources().flatMap(Self.given))
    let own = Set(FailureWords.entries.keys).subtracting(FailureWords.ofCloudAlone)
    #expect(own.subtracting(given).subtracting(Self.namesOfStates).sorted() == [])
    #expect(given.intersection(FailureWords.ofCloudAlone).sorted() == [])
  }

  // MARK: Reading the sources

  /// All of the program but the table itself.
  private static func sources() throws -> [String] {
    let folder = root.appending(path: "Sources").resolvingSymlinksInPath()
    let files = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String }
    return try (files ?? [])
      .filter { $0.hasSuffix(".swift") && !$0.contains("/FailureWords") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
  }

  /// The codes that stand where an error gets its code.
  private static func given(in text: String) -> [String] {
    let places: [Regex<(Substring, Substring)>] = [
      /\bcode: ([^,()\n]*"[A-Z_]+"[^,()\n]*)/,
      /\.code = ("[A-Z_]+")/,
      /\b(?:OriginError|Refusal)\(\s*(?:\.\w+, )?("[A-Z_]+")/,
      /\brefusal\(\s*(?:"\w+"|\w+), ("[A-Z_]+")/,
      /\bcodes\.append\(("[A-Z_]+")\)/,
      /\bstatic let refusedToken = ("[A-Z_]+")/,
      /(?m)^ *(?:case [^"\n]*|default): ("[A-Z]+_[A-Z_]+")$/,
    ]
    return places.flatMap { place in
      text.matches(of: place).flatMap { match in
        match.1.matches(of: /"([A-Z_]+)"/).map { String($0.1) }
      }
    }
  }

  /// Whatever looks like a code, wherever it stands: a place for codes that `given` does not know would
  /// be found here.
  private static func words(in text: String) -> [String] {
    text.matches(of: /"([A-Z]+(?:_[A-Z]+)+)"/).map { String($0.1) }
      .filter { !isVariable($0) && !otherWords.contains($0) }
  }

  private static func isVariable(_ word: String) -> Bool {
    let families = [
      "WINCH_", "COMFY_", "HF_", "CIVITAI_", "HUGGING", "XDG_", "LC_", "LISTEN_", "SSL_",
    ]
    return families.contains { word.hasPrefix($0) } || word.hasSuffix("_PROXY")
      || ["NO_COLOR", "CURL_CA_BUNDLE", "SSH_TTY", "LD_LIBRARY_PATH", "VTE_VERSION"].contains(word)
  }

  /// The hub's own name of a missing file, which is translated, and a word that marks secrets.
  private static let otherWords: Set = ["ENTRY_NOT_FOUND", "API_KEY"]

  /// Codes that are made of the names of states: of a file's check and of a repair's task.
  private static let namesOfStates: Set = ["DAMAGED", "MISSING", "UNREADABLE", "CANCELLED"]
}

import Foundation
import Testing

@testable import Model

@Suite("Identifiers in the journal")
struct CanonicalTextTests {
  @Test("are read as Foundation reads them, in either case")
  func same() {
    for _ in 0..<100 {
      let identifier = UUID()
      #expect(UUID(canonicalText: identifier.uuidString) == identifier)
      #expect(UUID(canonicalText: identifier.uuidString.lowercased()) == identifier)
    }
  }

  @Test(
    "are nothing else",
    arguments: [
      "", "-", "00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-0000000000000",
      "00000000-0000-0000-0000-00000000000g", "000000000000-0000-0000-0000-00000000",
      "00000000_0000-0000-0000-000000000000", "ééééééééééééééé-00000",
    ])
  func wrong(text: String) {
    #expect(UUID(canonicalText: text) == nil)
  }
}

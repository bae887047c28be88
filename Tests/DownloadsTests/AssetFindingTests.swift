import ComfyAPI
import Testing

@testable import Downloads

@Suite("What reading a file again shows") struct AssetFindingTests {
  @Test("is ok only where a published hash was compared") func states() {
    #expect(AssetFinding(.intact, isVerified: true) == .ok)
    #expect(AssetFinding(.intact, isVerified: false) == .unverified)
    #expect(AssetFinding(.damaged, isVerified: true) == .changed)
    #expect(AssetFinding(.missing, isVerified: true) == .missing)
    #expect(AssetFinding(.running, isVerified: true) == nil)
  }

  @Test("is wrong where the file is not what was stored, and some of that can be repaired")
  func wrong() {
    #expect(AssetFinding.allCases.filter(\.isWrong) == [.changed, .missing, .unreadable])
    #expect(AssetFinding.allCases.filter(\.isRepairable) == [.changed, .missing])
  }
}

import ComfyAPI
import Testing

@testable import Downloads

@Suite("How far reading files again has come") struct VerificationProgressTests {
  private static let half = VerificationProgress(
    verb: "verifying", files: 1, filesTotal: 3, bytes: 5_000_000_000, bytesTotal: 10_000_000_000,
    bytesPerSecond: 500_000_000)

  @Test("is a line of figures") func text() {
    #expect(
      Self.half.text == "verifying  50%  1 of 3 files  5.0/10.0 GB  500 MB/s  10s left")
  }

  @Test(
    "is a bar that leaves figures out before it goes itself",
    arguments: [
      (
        100,
        "verifying [###############...............]  50%  1 of 3 files  5.0/10.0 GB  500 MB/s"
          + "  10s left"
      ),
      (60, "verifying [########........]  50%  1 of 3 files  5.0/10.0 GB"),
      (30, "verifying [######.......]  50%"),
      (16, "verifying 50%"), (5, "verif"), (0, ""),
    ])
  func bars(width: Int, bar: String) {
    #expect(Self.half.bar(width: width) == bar)
    #expect(bar.count <= width)
  }

  @Test("is whole only when all files are done, however many bytes were read") func whole() {
    var progress = Self.half
    progress.bytes = progress.bytesTotal
    #expect(progress.fraction == 0.99)
    progress.files = 3
    #expect(progress.fraction == 1)
    #expect(progress.text == "verifying  100%  3 of 3 files  10.0/10.0 GB")
  }

  @Test("counts files where there are no bytes, and nothing is all of nothing") func empty() {
    #expect(
      VerificationProgress(verb: "", files: 1, filesTotal: 2, bytesTotal: 0).fraction == 0.5)
    #expect(VerificationProgress(verb: "", filesTotal: 0, bytesTotal: 0).fraction == 1)
  }
}

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

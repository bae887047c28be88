import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("All that is known as lines")
struct FactLinesTests {
  private static func lines(_ change: (inout Download) -> Void) -> [String] {
    var download = Download(
      id: UUID(), backend: "local", url: "https://huggingface.co/o/n/resolve/main/m.safetensors",
      name: "m.safetensors", createdAt: Date(timeIntervalSince1970: 1_787_304_600),
      status: .created)
    change(&download)
    return FactLines.lines(
      of: download, at: BackendState(name: "local"), now: Date(timeIntervalSince1970: 1_787_304_600)
    )
  }

  @Test("a failure is a sentence with its code, and below it what to do")
  func failure() {
    let lines = Self.lines {
      $0.status = .failed
      $0.failure = DownloadFailure(code: "HTTP_404", message: "It is gone.", hint: "Look for it.")
    }
    #expect(lines.contains("Error             It is gone. (HTTP_404)"))
    #expect(lines.contains("What to do        Look for it."))
    #expect(lines.contains("Status            failed"))
  }

  @Test("a status is one of the list's words, and bytes have units")
  func running() {
    let lines = Self.lines {
      $0.phase = .paused
      $0.bytesDownloaded = 1_000_000_000
      $0.bytesTotal = 2_000_000_000
    }
    #expect(lines.contains("Status            paused"))
    #expect(
      lines.contains {
        $0.hasPrefix("Progress          1.0 GB (1000000000) of 2.0 GB (2000000000)")
      })
  }

  @Test("what nobody has told has no line, and control characters reach no terminal")
  func unknown() {
    let lines = Self.lines { $0.tags = ["a\u{1B}[2J"] }
    #expect(!lines.contains { $0.hasPrefix("SHA-256") || $0.hasPrefix("Path") })
    #expect(!lines.joined().contains("\u{1B}"))
  }
}

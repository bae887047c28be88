import Downloads
import Foundation
import Testing
import Transport

@testable import Origins

@Suite struct HeaderTests {
  @Test("Content-Range is read strictly")
  func contentRange() {
    #expect(ContentRange("bytes 0-0/100")?.bytes == 0...0)
    #expect(ContentRange("bytes 5-99/100")?.total == 100)
    #expect(ContentRange("bytes 5-99/*")?.total == nil)
    #expect(ContentRange("bytes */100")?.total == 100)
    for wrong in [
      "", "bytes", "bytes 5-4/10", "bytes 0-10/10", "bytes -5-6/10", "items 0-1/2", "bytes 0-1",
      "bytes 0-99999999999999999999/5",
    ] {
      #expect(ContentRange(wrong) == nil, "\(wrong)")
    }
  }

  @Test("The end of a rate limit's window beats Retry-After, and dates are no numbers")
  func retryAfter() {
    let window: HTTPHeaders = ["RateLimit": "\"resolvers\";r=0;t=172", "Retry-After": "5"]
    #expect(RetryAfter.seconds(window) == 173)
    #expect(RetryAfter.seconds(["RateLimit": "\"api\";r=3;t=172", "Retry-After": "5"]) == 6)
    #expect(RetryAfter.seconds(["Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"]) == nil)
    #expect(RetryAfter.seconds(["Retry-After": "-5"]) == nil)
    #expect(RetryAfter.seconds([:]) == nil)
  }

  @Test("A signed link says when it runs out")
  func expiry() throws {
    func date(_ query: String) throws -> Date? {
      LinkExpiry.date(of: try #require(HTTPURL("https://cdn.example/f?" + query)))
    }
    #expect(try date("Expires=1758320279&Policy=x") == Date(timeIntervalSince1970: 1_758_320_279))
    #expect(
      try date("X-Amz-Date=20250919T211759Z&X-Amz-Expires=3600")
        == Date(timeIntervalSince1970: 1_758_320_279))
    #expect(try date("X-Amz-Date=yesterday&X-Amz-Expires=3600") == nil)
    #expect(try date("name=1") == nil)
  }

  @Test("A hash is only taken when it can be one")
  func hashes() {
    let digits = String(repeating: "AB", count: 32)
    #expect(PublishedHashes(sha256: digits).sha256 == digits.lowercased())
    #expect(PublishedHashes(sha256: "4748A7F6").sha256 == nil)
    #expect(PublishedHashes(gitBlobSHA1: digits).gitBlobSHA1 == nil)
  }
}

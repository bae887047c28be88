import Testing

@testable import Downloads

@Suite("Failures in words")
struct FailureWordsTests {
  @Test("a bare code becomes a sentence with a remedy")
  func bareCode() {
    let failure = FailureWords.completing(
      DownloadFailure(code: "USER_TOKEN_INVALID", message: ""))
    #expect(failure.message == "The token stored with the backend is invalid or has expired.")
    #expect(failure.hint?.contains("new one") == true)
    let text = FailureWords.completing(
      DownloadFailure(code: "FAILED", message: "ACCESS_FORBIDDEN"))
    #expect(text.code == "ACCESS_FORBIDDEN")
    #expect(text.message == "The site refuses this file.")
  }

  @Test("what the backend says itself is kept")
  func own() {
    let failure = DownloadFailure(
      code: "ACCESS_FORBIDDEN", message: "This version is in early access.", hint: "Buy it.")
    #expect(FailureWords.completing(failure) == failure)
    let unknown = DownloadFailure(code: "NEW_CODE", message: "Something new.")
    #expect(FailureWords.completing(unknown) == unknown)
  }

  @Test("every sentence ends as one, and every remedy too")
  func sentences() {
    for (code, entry) in FailureWords.entries {
      #expect(entry.message.hasSuffix("."), "\(code)")
      #expect(entry.hint?.hasSuffix(".") ?? true, "\(code)")
    }
  }
}

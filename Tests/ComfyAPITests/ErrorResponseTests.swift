import ComfyAPI
import Testing

@Suite("ErrorResponse")
struct ErrorResponseTests {
  @Test("the cloud's flat shape is read")
  func flat() throws {
    let text = #"{"code": "INVALID_URL", "message": "No.", "details": {"field": "source_url"}}"#
    let error = try WireFormat.decode(ErrorResponse.self, from: text.utf8)
    #expect(
      error
        == ErrorResponse(
          code: "INVALID_URL", message: "No.", details: ["field": "source_url"]))
  }

  @Test("ComfyUI's nested shape is read")
  func nested() throws {
    let text = #"{"error": {"code": "TASK_NOT_FOUND", "message": "Gone.", "details": {}}}"#
    let error = try WireFormat.decode(ErrorResponse.self, from: text.utf8)
    #expect(error.code == "TASK_NOT_FOUND")
    #expect(error.message == "Gone.")
  }

  @Test("a refused kind of credential is read by its type")
  func credentialKind() throws {
    let text = """
      {"error": {"message": "No.", "type": "auth_type_not_allowed"}, "accepted": ["api_key"]}
      """
    let error = try WireFormat.decode(ErrorResponse.self, from: text.utf8)
    #expect(error.code == "auth_type_not_allowed")
  }

  @Test("the flat shape is written")
  func writesFlat() throws {
    let error = ErrorResponse(code: "A", message: "B")
    #expect(try WireFormat.encodeText(error) == #"{"code":"A","message":"B"}"#)
  }

  @Test("text that is no JSON is an error without a field")
  func noJSON() {
    #expect(throws: WireError(field: "", message: "The text is not valid JSON.")) {
      try WireFormat.decode(ErrorResponse.self, from: "<html>".utf8)
    }
  }
}

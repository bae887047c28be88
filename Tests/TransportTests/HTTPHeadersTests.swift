import Testing
import Transport

@Suite("HTTPHeaders")
struct HTTPHeadersTests {
  @Test("names are found whatever their case, the first first")
  func lookup() {
    let headers: HTTPHeaders = ["ETag": "a", "etag": "b"]
    #expect(headers["ETAG"] == "a")
    #expect(headers.values(of: "Etag") == ["a", "b"])
    #expect(headers["missing"] == nil)
  }

  @Test("setting replaces every field with the name")
  func replacing() {
    var headers: HTTPHeaders = ["A": "1", "B": "2", "a": "3"]
    headers["A"] = "4"
    #expect(headers == ["B": "2", "A": "4"])
    headers["b"] = nil
    #expect(headers == ["A": "4"])
  }
}

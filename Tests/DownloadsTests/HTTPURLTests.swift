import Downloads
import Testing

@Suite("HTTPURL")
struct HTTPURLTests {
  @Test("an absolute URL is taken apart")
  func parts() throws {
    let url = try #require(HTTPURL("HTTPS://Example.COM:8443/a%20b?x=1&y=%2F#part"))
    #expect(url.originText == "https://example.com:8443")
    #expect(url.path == "/a%20b")
    #expect(url.query == "x=1&y=%2F")
    #expect(url.queryItems.map(\.value) == ["1", "/"])
    #expect(url.withoutQuery == "https://example.com:8443/a%20b")
  }

  @Test("a scheme's own port is the same origin as none")
  func defaultPort() {
    #expect(HTTPURL("https://a.b:443/")?.origin == HTTPURL("https://a.b")?.origin)
  }

  @Test(
    "what could deceive is refused",
    arguments: [
      "", "huggingface.co/a", "ftp://a/b", "https://", "https:///a",
      "https://huggingface.co@evil.example/", "https://a b/", "https://a/\u{1B}[2J",
      "https://a:0/", "https://a:99999/", "https://a:80x/", "https://a\\@b/", "https://ä.de/",
      "https://a..b/", "https://[::1/", "https://[zz]/", "https://a/\nb",
    ])
  func refuses(text: String) { #expect(HTTPURL(text) == nil) }

  @Test("an IPv6 literal is a host")
  func ipv6() { #expect(HTTPURL("http://[::1]:81/x")?.originText == "http://[::1]:81") }

  @Test(
    "a redirect's target is found",
    arguments: [
      ("https://c.d/e?f", "https://c.d/e?f"), ("//c.d/e", "https://c.d/e"),
      ("/e", "https://a.b/e"), ("e", "https://a.b/x/e"), ("?q=1", "https://a.b/x/y?q=1"),
      ("https://c.d/a file \"n\"", "https://c.d/a%20file%20%22n%22"),
    ])
  func resolves(location: String, expected: String) throws {
    let base = try #require(HTTPURL("https://a.b/x/y?z"))
    #expect(base.resolving(location)?.description == expected)
  }

  @Test(
    "a redirect to another scheme leads nowhere", arguments: ["file:///etc/passwd", "ftp://a/"])
  func refusesSchemes(location: String) throws {
    #expect(try #require(HTTPURL("https://a.b/")).resolving(location)?.scheme != "file")
    #expect(try #require(HTTPURL("https://a.b/")).resolving("ftp://a/") == nil)
  }
}

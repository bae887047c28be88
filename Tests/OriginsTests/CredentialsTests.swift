import Downloads
import Testing

@testable import Origins

@Suite struct CredentialsTests {
  private func token(
    _ environment: [String: String], files: [String: String] = [:]
  ) -> String? {
    OriginCredentials(environment: environment) { files[$0] }.huggingFaceToken
  }

  @Test(
    "HF_TOKEN comes before HUGGING_FACE_HUB_TOKEN, that before comfy-cli's, and all before the file"
  )
  func order() {
    let files = ["/h/.cache/huggingface/token": "hf_file\n"]
    #expect(
      token(["HF_TOKEN": "hf_a", "HUGGING_FACE_HUB_TOKEN": "hf_b", "HOME": "/h"], files: files)
        == "hf_a")
    #expect(token(["HF_TOKEN": "", "HUGGING_FACE_HUB_TOKEN": "hf_b"]) == "hf_b")
    #expect(token(["HUGGING_FACE_HUB_TOKEN": "hf_b", "HF_API_TOKEN": "hf_c"]) == "hf_b")
    #expect(token(["HF_API_TOKEN": "hf_c", "HOME": "/h"], files: files) == "hf_c")
    #expect(token(["HOME": "/h"], files: files) == "hf_file")
    #expect(token(["HOME": "/elsewhere"], files: files) == nil)
  }

  @Test("The token's file is where HF_TOKEN_PATH, HF_HOME or XDG_CACHE_HOME say")
  func places() {
    let files = ["/t": "one", "/hf/token": "two", "/cache/huggingface/token": "three"]
    #expect(token(["HF_TOKEN_PATH": "/t", "HF_HOME": "/hf"], files: files) == "one")
    #expect(token(["HF_HOME": "/hf", "XDG_CACHE_HOME": "/cache"], files: files) == "two")
    #expect(token(["XDG_CACHE_HOME": "/cache", "HOME": "/h"], files: files) == "three")
  }

  @Test("What cannot stand in a header is no token")
  func invalid() {
    #expect(token(["HF_TOKEN": "hf_a\r\nHost: evil"]) == nil)
    #expect(token(["HF_TOKEN": " hf_a\n"]) == "hf_a")
  }

  @Test("Printing shows no token")
  func redacted() {
    let credentials = OriginCredentials(huggingFaceToken: "hf_secret", civitaiKey: "civ_secret")
    var dumped = ""
    dump(credentials, to: &dumped)
    for text in ["\(credentials)", String(reflecting: credentials), dumped] {
      #expect(!text.contains("secret"), "\(text)")
    }
  }

  @Test(
    "Only the site itself sees a token",
    arguments: [
      ("https://huggingface.co/a/b", "Bearer hf"),
      ("https://mirror.example/x", "Bearer hf"),
      ("http://mirror.example/x", nil),
      ("https://mirror.example:8443/x", nil),
      ("http://huggingface.co/a/b", nil),
      ("https://cdn-lfs.huggingface.co/a", nil),
      ("https://huggingface.co.evil.example/a", nil),
      ("https://civitai.com/api", "Bearer civ"),
      ("https://civitai.red/api", "Bearer civ"),
      ("https://b2.civitai.com/file", nil),
      ("https://civitai.com.evil.example/api", nil),
    ])
  func whoSees(url: String, expected: String?) throws {
    let hosts = try SourceHosts(environment: ["HF_ENDPOINT": "https://mirror.example"])
    let credentials = OriginCredentials(huggingFaceToken: "hf", civitaiKey: "civ")
    let url = try #require(HTTPURL(url))
    #expect(credentials.authorization(for: url, hosts: hosts) == expected)
  }
}

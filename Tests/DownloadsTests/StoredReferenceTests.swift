import Testing

@testable import Downloads

@Suite("Links that were stored under another endpoint")
struct StoredReferenceTests {
  private func link(_ stored: String, _ environment: [String: String] = [:]) throws -> String {
    try ModelReference(stored: stored, hosts: try SourceHosts(environment: environment))
      .canonicalURL
  }

  @Test(
    "mean the same file at the endpoint in use",
    arguments: [
      (
        "https://mirror.example/org/repo/resolve/main/a%20b/m.gguf",
        "org/repo/resolve/main/a%20b/m.gguf"
      ),
      ("https://mirror.example/hf/org/repo/resolve/v1/m.gguf", "org/repo/resolve/v1/m.gguf"),
      (
        "http://127.0.0.1:9/datasets/org/repo/resolve/main/m.bin",
        "datasets/org/repo/resolve/main/m.bin"
      ),
      ("https://huggingface.co/org/repo/resolve/main/m.gguf", "org/repo/resolve/main/m.gguf"),
    ])
  func huggingFace(stored: String, path: String) throws {
    #expect(try link(stored) == "https://huggingface.co/" + path)
    let mirror = ["HF_ENDPOINT": "http://box:8080/hub"]
    #expect(try link(stored, mirror) == "http://box:8080/hub/" + path)
  }

  @Test("keep what selects a file of Civitai's") func civitai() throws {
    let stored = "http://127.0.0.1:9/api/download/models/7?type=Model&fileId=3"
    #expect(try link(stored) == "https://civitai.com/api/download/models/7?type=Model&fileId=3")
    #expect(
      try link(stored, ["CIVITAI_ENDPOINT": "http://box:1/c"])
        == "http://box:1/c/api/download/models/7?type=Model&fileId=3")
  }

  @Test(
    "that have no path of these sites stay refused",
    arguments: [
      "https://evil.example/m.safetensors", "https://evil.example/resolve/main/m", "nothing",
      "https://evil.example/a/b/resolve/main/../../x", "https://evil.example/resolve",
    ])
  func refused(stored: String) {
    #expect(throws: DownloadFailure.self) { try link(stored) }
  }

  @Test("are those of the public sites where they are to go elsewhere") func atPublicSite() throws {
    let hosts = try SourceHosts(environment: ["HF_ENDPOINT": "http://box:8080/hub"])
    let reference = try ModelReference("hf://org/repo/m.gguf", hosts: hosts)
    #expect(reference.canonicalURL == "http://box:8080/hub/org/repo/resolve/main/m.gguf")
    #expect(
      reference.atPublicSite.canonicalURL
        == "https://huggingface.co/org/repo/resolve/main/m.gguf")
  }
}

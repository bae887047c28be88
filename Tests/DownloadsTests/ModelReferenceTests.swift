import Downloads
import Testing

@Suite("ModelReference")
struct ModelReferenceTests {
  private func hosts(_ environment: [String: String] = [:]) throws -> SourceHosts {
    try SourceHosts(environment: environment)
  }

  private func canonical(_ text: String) throws -> String {
    try ModelReference(text, hosts: hosts()).canonicalURL
  }

  private func code(_ text: String) throws -> String? {
    let hosts = try hosts()
    do {
      _ = try ModelReference(text, hosts: hosts)
      return nil
    } catch {
      return error.code
    }
  }

  @Test(
    "Hugging Face file links become the download link",
    arguments: [
      ("https://huggingface.co/o/n/resolve/main/m.safetensors", "o/n/resolve/main/m.safetensors"),
      ("  https://huggingface.co/o/n/blob/main/m.safetensors\n", "o/n/resolve/main/m.safetensors"),
      ("https://huggingface.co/o/n/raw/v1.0/a/b%20c.bin#L1", "o/n/resolve/v1.0/a/b%20c.bin"),
      ("http://hf.co/o/n/blame/main/m?download=true", "o/n/resolve/main/m"),
      ("https://huggingface.co/o/n/blob/main/日本.bin", "o/n/resolve/main/%E6%97%A5%E6%9C%AC.bin"),
      ("https://huggingface.co/gpt2/resolve/main/m.bin", "gpt2/resolve/main/m.bin"),
      ("https://huggingface.co/models/o/n/blob/main/m", "o/n/resolve/main/m"),
      ("https://huggingface.co/datasets/o/n/blob/main/m", "datasets/o/n/resolve/main/m"),
      ("https://huggingface.co/o/n/blob/refs/pr/3/m", "o/n/resolve/refs%2Fpr%2F3/m"),
      ("https://huggingface.co/o/n/blob/feature%2Fx/m", "o/n/resolve/feature%2Fx/m"),
    ])
  func huggingFace(text: String, path: String) throws {
    #expect(try canonical(text) == "https://huggingface.co/" + path)
  }

  @Test(
    "Civitai download links keep what selects a file and lose the token",
    arguments: [
      ("https://civitai.com/api/download/models/12", "https://civitai.com/api/download/models/12"),
      (
        "https://civitai.com/api/download/models/12?type=Model&token=SECRET&format=SafeTensor",
        "https://civitai.com/api/download/models/12?type=Model&format=SafeTensor"
      ),
      (
        "https://civitai.red/api/download/models/12?fileId=9",
        "https://civitai.red/api/download/models/12?fileId=9"
      ),
    ])
  func civitai(text: String, expected: String) throws {
    #expect(try canonical(text) == expected)
  }

  @Test(
    "what is no URL says so",
    arguments: [
      "", "model.safetensors", "ftp://huggingface.co/o/n/blob/main/m", "https://",
      "https://hüggingface.co/o/n/blob/main/m",
    ])
  func noURL(text: String) throws { #expect(try code(text) == "INVALID_URL") }

  @Test(
    "hosts that only look right are refused",
    arguments: [
      "http://huggingface.co.evil.example/o/n/resolve/main/m",
      "https://evilhuggingface.co/o/n/resolve/main/m",
      "https://civitai.com.evil.example/api/download/models/1",
      "https://notcivitai.com/api/download/models/1", "https://example.com/m.safetensors",
    ])
  func hostileHosts(text: String) throws { #expect(try code(text) == "UNSUPPORTED_SOURCE") }

  @Test(
    "links of the right site that name no file are refused",
    arguments: [
      "https://huggingface.co/o/n", "https://huggingface.co/o/n/tree/main",
      "https://huggingface.co/o/n/resolve/main/", "https://huggingface.co/o/n/resolve/main/../x",
      "https://huggingface.co/o/n/resolve/main/%2e%2e/x", "https://civitai.com/models/5",
      "https://civitai.com/api/download/models/0", "https://civitai.com/api/download/models/x",
    ])
  func noFile(text: String) throws { #expect(try code(text) == "UNSUPPORTED_SOURCE") }

  @Test("a mirror's links are understood and kept on the mirror, prefix included")
  func mirror() throws {
    let hosts = try hosts(["HF_ENDPOINT": "http://localhost:8080/hf/"])
    let pasted = "http://localhost:8080/hf/o/n/blob/main/m"
    let reference = try ModelReference(pasted, hosts: hosts)
    #expect(reference.canonicalURL == "http://localhost:8080/hf/o/n/resolve/main/m")
    let original = try ModelReference("https://huggingface.co/o/n/blob/main/m", hosts: hosts)
    #expect(original == reference)
  }

  @Test("an endpoint that is no URL is an error, not the public site")
  func badEndpoint() {
    #expect(throws: DownloadFailure.self) {
      try SourceHosts(environment: ["HF_ENDPOINT": "mirror"])
    }
  }
}

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
      (
        "https://huggingface.co/o/n/blob/refs/convert/parquet/m",
        "o/n/resolve/refs%2Fconvert%2Fparquet/m"
      ),
      (
        "https://huggingface.co/spaces/o/n/blob/main/a%23b.txt", "spaces/o/n/resolve/main/a%23b.txt"
      ),
      ("https://huggingface.co/o/blob/resolve/main/m", "o/blob/resolve/main/m"),
      ("https://huggingface.co/o/n//resolve/main/m/", "o/n/resolve/main/m"),
      ("HTTPS://HuggingFace.co/O/N/resolve/main/M", "O/N/resolve/main/M"),
      ("huggingface.co/o/n/resolve/main/m", "o/n/resolve/main/m"),
      ("hf.co/o/n/blob/main/m", "o/n/resolve/main/m"),
      ("hf://o/n/a/m.safetensors", "o/n/resolve/main/a/m.safetensors"),
      ("hf://o/n@v2/m.safetensors", "o/n/resolve/v2/m.safetensors"),
      ("hf://models/o/n@refs/pr/3/m.bin", "o/n/resolve/refs%2Fpr%2F3/m.bin"),
      ("hf://datasets/o/n@feature%2Fx/m.bin", "datasets/o/n/resolve/feature%2Fx/m.bin"),
      ("hf://o/n/resolve/main/m", "o/n/resolve/main/m"),
      ("huggingface:o", nil), ("hf://o/n/../m.bin", nil), ("hf://o/n@/m.bin", nil),
      ("https://huggingface.co/o/n/resolve/main/a%2Fb", nil),
      ("https://huggingface.co/docs/hub/blob/main/x", nil),
      ("https://huggingface.co/o/-n/resolve/main/m", nil),
      ("https://huggingface.co/o/n..x/resolve/main/m", nil),
      ("https://huggingface.co/o/n.git/resolve/main/m", nil),
      ("https://huggingface.co:8443/o/n/resolve/main/m", nil),
      ("https://user:secret@huggingface.co/o/n/resolve/main/m", "o/n/resolve/main/m"),
      ("https://huggingface.co@evil.example/o/n/resolve/main/m", nil),
    ] as [(String, String?)])
  func huggingFace(text: String, path: String?) throws {
    #expect((try? canonical(text)) == path.map { "https://huggingface.co/" + $0 })
  }

  @Test(
    "a repository or a directory of it is many files",
    arguments: [
      ("https://huggingface.co/o/n", "o/n/tree/main"),
      ("https://huggingface.co/o/n/", "o/n/tree/main"),
      ("huggingface.co/o/n", "o/n/tree/main"),
      ("https://huggingface.co/o/n/tree/main", "o/n/tree/main"),
      ("https://huggingface.co/o/n/tree/v1/unet/a%20b", "o/n/tree/v1/unet/a%20b"),
      ("https://huggingface.co/datasets/o/n/tree/refs/pr/2", "datasets/o/n/tree/refs%2Fpr%2F2"),
      ("hf://o/n", "o/n/tree/main"), ("hf://o/n@v1.5", "o/n/tree/v1.5"),
      ("hf://spaces/o/n@dev/unet", "spaces/o/n/tree/dev/unet"),
      ("urn:air:flux1:checkpoint:huggingface:o/n@main", "o/n/tree/main"),
    ])
  func tree(text: String, path: String) throws {
    guard case .repository(let tree) = try PastedReference(text, hosts: hosts()) else {
      Issue.record("\(text) is no repository")
      return
    }
    #expect(tree.url.description == "https://huggingface.co/" + path)
    #expect(throws: DownloadFailure.self) { try ModelReference(text, hosts: hosts()) }
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
      (
        "http://civitai.com/models/5/a-name?modelVersionId=12&dialog=x",
        "https://civitai.com/api/download/models/12"
      ),
      (
        "civitai.com/model-versions/12?fileId=9",
        "https://civitai.com/api/download/models/12?fileId=9"
      ),
      (
        "https://civitai.green/models/5?fileId=9&modelVersionId=12",
        "https://civitai.green/api/download/models/12?fileId=9"
      ),
      (
        "https://civitai.com/api/v1/model-versions/12", "https://civitai.com/api/download/models/12"
      ),
      (
        "https://civitai.com/api/download/training-data/12",
        "https://civitai.com/api/download/models/12?type=Training%20Data"
      ),
      (
        "urn:air:sdxl:checkpoint:civitai:827184@2514310",
        "https://civitai.com/api/download/models/2514310"
      ),
      (
        "AIR:sdxl:lora:civitai:1@2+3.safetensors",
        "https://civitai.com/api/download/models/2?fileId=3"
      ),
      ("civitai:1@2.safetensors", "https://civitai.com/api/download/models/2"),
    ])
  func civitai(text: String, expected: String) throws {
    #expect(try canonical(text) == expected)
  }

  @Test(
    "a model's page is its versions, on the host that was pasted",
    arguments: [
      ("https://civitai.com/models/5", "https://civitai.com/models/5"),
      ("https://www.civitai.com/models/5/some-name", "https://www.civitai.com/models/5"),
      ("https://civitai.red/models/5?tab=gallery", "https://civitai.red/models/5"),
      ("urn:air:sdxl:checkpoint:civitai:827184", "https://civitai.com/models/827184"),
      ("https://civitai.com/api/v1/models/7", "https://civitai.com/models/7"),
    ])
  func civitaiPage(text: String, page: String) throws {
    let reference = try PastedReference(text, hosts: hosts())
    guard case .civitaiModel = reference else {
      Issue.record("\(text) is no page of a model")
      return
    }
    #expect(reference.canonicalURL == page)
    #expect(throws: DownloadFailure.self) { try ModelReference(text, hosts: hosts()) }
  }

  @Test(
    "names of other sources and broken ones are no link",
    arguments: [
      "urn:air:oci:image:dockerhub:civitai/spine@v1", "urn:air:a:b:civitai:x@1", "civitai:1@x",
      "civitai:99999999999@1", "urn:air:", "civitai:", "a:b:c:d:e:f", "civitai:1@2@3",
    ])
  func noName(text: String) throws { #expect(try code(text) == "INVALID_URL") }

  @Test(
    "a link that was signed for one download is refused with what to paste instead",
    arguments: [
      "https://cas-bridge.xethub.hf.co/xet-bridge-us/a/b?X-Amz-Expires=3600",
      "https://us.aws.cdn.hf.co/xet-bridge-us/a/b", "https://b2.civitai.com/file/x",
      "https://x.abc.r2.cloudflarestorage.com/model/1/a.safetensors",
    ])
  func signed(text: String) throws {
    let error = try #require(throws: DownloadFailure.self) {
      try PastedReference(text, hosts: hosts())
    }
    #expect(error.message == "This link was made for one download and soon expires.")
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

  @Test("links of civitai.com go to its mirror, those of a colour domain stay there")
  func civitaiMirror() throws {
    let hosts = try hosts(["CIVITAI_ENDPOINT": "http://localhost:8080/civitai"])
    let file = try ModelReference("https://civitai.com/models/5?modelVersionId=12", hosts: hosts)
    #expect(file.canonicalURL == "http://localhost:8080/civitai/api/download/models/12")
    let page = try PastedReference("civitai.com/models/5", hosts: hosts)
    #expect(page.canonicalURL == "http://localhost:8080/civitai/models/5")
    let red = try ModelReference("https://civitai.red/model-versions/12", hosts: hosts)
    #expect(red.canonicalURL == "https://civitai.red/api/download/models/12")
  }

  @Test("an endpoint that is no URL is an error, not the public site")
  func badEndpoint() {
    #expect(throws: DownloadFailure.self) {
      try SourceHosts(environment: ["HF_ENDPOINT": "mirror"])
    }
  }
}

import Downloads
import Testing

@Suite("What Comfy Cloud takes")
struct CloudRulesTests {
  private func code(_ url: String) throws -> String? {
    let reference = try ModelReference(url, hosts: SourceHosts(environment: [:]))
    return CloudRules.refusal(of: reference)?.code
  }

  @Test("safetensors of Hugging Face, and anything Civitai may mean")
  func takes() throws {
    #expect(try code("https://huggingface.co/o/n/blob/main/m.SafeTensors") == nil)
    #expect(try code("https://civitai.com/api/download/models/12") == nil)
  }

  @Test("no other format and no other domain of Civitai")
  func refuses() throws {
    #expect(try code("https://huggingface.co/o/n/blob/main/m.gguf") == "FORMAT_NOT_ALLOWED")
    #expect(try code("https://civitai.red/api/download/models/12") == "UNSUPPORTED_SOURCE")
  }

  @Test("folders and sizes that the cloud does not take are refused before anything is sent")
  func folderAndSize() throws {
    let reference = try ModelReference(
      "https://huggingface.co/o/n/resolve/main/m.safetensors",
      hosts: SourceHosts(environment: [:]))
    #expect(CloudRules.refusal(of: reference, folder: Folder("loras"), size: 1000) == nil)
    #expect(
      CloudRules.refusal(of: reference, folder: Folder("nlf/x"))?.code
        == "MODEL_TYPE_NOT_SUPPORTED")
    #expect(CloudRules.refusal(of: reference, size: 100_000_000_001)?.code == "FILE_TOO_LARGE")
  }
}

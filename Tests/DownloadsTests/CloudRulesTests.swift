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
}

import Downloads
import OriginLab
import Testing

@testable import Origins

@Suite("What a source says in words") struct SourceWordTests {
  @Test("a missing file is told with the names that were probably meant")
  func nearest() async throws {
    try await OriginLab.withRunning { lab in
      for path in ["flux1-dev.safetensors", "split_files/vae/ae.safetensors", "README.md"] {
        lab.addHuggingFace(
          repo: "acme/model", path: path, file: LabFile(size: 10, seed: 1))
      }
      let resolver = try lab.resolver()
      for (asked, meant) in [
        ("flux1-dve.safetensors", "flux1-dev.safetensors"),
        ("ae.safetensors", "split_files/vae/ae.safetensors"),
      ] {
        let reference = try lab.hubReference(asked)
        let error = try await refusal { () async throws(OriginError) in
          try await resolver.resolve(reference)
        }
        #expect(error.failure.code == "RESOURCE_NOT_FOUND")
        #expect(error.failure.hint?.hasPrefix("Did you mean \(meant)") == true, "\(error)")
      }
    }
  }

  @Test("a warning of the hub is passed on, that no token was sent is not")
  func warning() {
    var facts = HuggingFaceFacts()
    facts.take(["X-HF-Warning": "unauthenticated; Set a token."], isRedirect: true)
    facts.take(["X-HF-Warning": "deprecated; This will end."], isRedirect: true)
    facts.take(["X-HF-Warning": "deprecated; This will end."], isRedirect: false)
    #expect(facts.notices == ["This will end."])
  }

  @Test("tokens are left at home where the ecosystem's switch says so")
  func implicitToken() {
    let environment = ["HF_TOKEN": "hf_x", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "yes"]
    #expect(
      OriginCredentials(environment: environment) { _ in "hf_file" }.huggingFaceToken == nil)
  }

  @Test(
    "private addresses are only refused where the sites are the public ones",
    arguments: [
      ([:], true), (["HF_ENDPOINT": "http://127.0.0.1:8080"], false),
      (["HF_ENDPOINT": "https://mirror.example"], false),
      (["HF_ENDPOINT": "https://hf.co"], true),
    ])
  func publicHosts(environment: [String: String], isPublic: Bool) throws {
    #expect(try SourceHosts(environment: environment).isPublic == isPublic)
  }
}

import Downloads
import OriginLab
import Testing
import Transport

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
    let hosts = try SourceHosts(environment: environment)
    #expect(hosts.isPublic == isPublic)
    let resolver = OriginResolver(transport: HTTPTransport(), hosts: hosts) { OriginCredentials() }
    let url = try #require(HTTPURL("https://cas-bridge.xethub.hf.co/x"))
    #expect(resolver.request(url, authorization: nil).refusesPrivateAddresses == isPublic)
  }

  @Test("a repository that was renamed in a circle ends, and is said to")
  func redirectLoop() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(repo: "acme/a", path: "m", file: LabFile(size: 10, seed: 1))
      lab.renameHuggingFace(repo: "acme/a", to: "acme/b")
      lab.renameHuggingFace(repo: "acme/b", to: "acme/a")
      let resolver = try lab.resolver()
      let reference = try lab.hubReference("m", repo: "acme/a")
      let error = try await refusal { () async throws(OriginError) in
        try await resolver.resolve(reference)
      }
      #expect(error.failure.message.contains("redirects without end"))
      #expect(lab.requests(at: .hub).count <= OriginResolver.mostRedirects + 1)
    }
  }

  @Test("without a word of Civitai its own rules choose the primary file")
  func primaryFile() {
    func file(_ id: Int, _ type: String, _ format: String, _ fp: String) -> CivitaiVersion.File {
      var file = CivitaiVersion.File()
      file.id = id
      file.type = type
      file.metadata = .init(format: format, size: "pruned", fp: fp)
      return file
    }
    var version = CivitaiVersion()
    version.files = [
      file(1, "VAE", "SafeTensor", "fp16"), file(2, "Model", "PickleTensor", "fp16"),
      file(3, "Model", "SafeTensor", "fp32"), file(4, "Model", "SafeTensor", "fp16"),
    ]
    #expect(version.primaryFile?.id == 4)
    version.files?[0].primary = true
    #expect(version.primaryFile?.id == 1)
  }
}

import Downloads
import OriginLab
import Testing
import Transport

@testable import Origins

@Suite struct HuggingFaceTests {
  @Test("A large file has its size, its SHA-256 and a signed link on another host")
  func largeFile() async throws {
    try await OriginLab.withRunning { lab in
      let file = LabFile(size: 5000, seed: 1)
      lab.addHuggingFace(repo: "acme/model", path: "sub/model.safetensors", file: file)
      let found = try await lab.resolver().resolve(lab.hubReference("sub/model.safetensors"))
      #expect(found.name == "model.safetensors")
      #expect(found.size == 5000)
      #expect(found.hashes == PublishedHashes(sha256: file.sha256))
      #expect(found.link.url.originText == lab.contentEndpoint)
      #expect(found.link.expires != nil)
      #expect(found.metadata["repo_id"] == "acme/model")
      #expect(found.metadata["commit"]?.string?.count == 40)
    }
  }

  @Test("A file in git has its git hash and comes from the hub itself, with the token")
  func gitFile() async throws {
    try await OriginLab.withRunning { lab in
      var file = LabFile(size: 300, seed: 2)
      file.faults.isGitFile = true
      lab.addHuggingFace(repo: "acme/model", path: "config.json", file: file)
      let resolver = try lab.resolver(huggingFaceToken: "hf_secret")
      let found = try await resolver.resolve(lab.hubReference("config.json"))
      #expect(found.hashes == PublishedHashes(gitBlobSHA1: file.gitSHA1))
      #expect(found.size == 300)
      #expect(found.link.authorization == "Bearer hf_secret")
      let bytes = try await resolver.content(of: found, from: 0).collected()
      #expect(bytes == file.bytes(0..<300))
    }
  }

  @Test("The token goes to the hub and never to the content host")
  func tokenStays() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/model", path: "a.bin", file: LabFile(size: 100, seed: 3),
        access: .requiresToken("hf_secret"))
      let resolver = try lab.resolver(huggingFaceToken: "hf_secret", civitaiKey: "civ_secret")
      let found = try await resolver.resolve(lab.hubReference("a.bin"))
      #expect(found.link.authorization == nil)
      _ = try await resolver.content(of: found, from: 0).collected()
      #expect(
        lab.requests(at: .hub).allSatisfy { $0.headers["authorization"] == "Bearer hf_secret" })
      let content = lab.requests(at: .content)
      #expect(!content.isEmpty)
      #expect(content.allSatisfy { $0.headers["authorization"] == nil })
    }
  }

  @Test("A renamed repository is followed on the hub")
  func renamed() async throws {
    try await OriginLab.withRunning { lab in
      let file = LabFile(size: 100, seed: 4)
      lab.addHuggingFace(repo: "acme/model", path: "a.bin", file: file)
      lab.renameHuggingFace(repo: "acme/model", to: "acme/renamed")
      let found = try await lab.resolver().resolve(lab.hubReference("a.bin"))
      #expect(found.hashes.sha256 == file.sha256)
    }
  }

  @Test("A new commit that leaves the file as it is does not change its identity")
  func sameContentKeepsIdentity() async throws {
    try await OriginLab.withRunning { lab in
      let reference = try lab.hubReference("a.bin")
      lab.addHuggingFace(repo: "acme/model", path: "a.bin", file: LabFile(size: 100, seed: 5))
      let first = try await lab.resolver().resolve(reference)
      lab.addHuggingFace(repo: "acme/model", path: "README.md", file: LabFile(size: 9, seed: 6))
      let second = try await lab.resolver().resolve(reference)
      #expect(first.identity == second.identity)
      lab.addHuggingFace(repo: "acme/model", path: "a.bin", file: LabFile(size: 100, seed: 7))
      let third = try await lab.resolver().resolve(reference)
      #expect(first.identity != third.identity)
    }
  }

  @Test("The folder of a repository made for ComfyUI is suggested")
  func suggestsFolder() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/model", path: "split_files/vae/ae.safetensors", file: LabFile(size: 9, seed: 8))
      let found = try await lab.resolver().resolve(
        lab.hubReference("split_files/vae/ae.safetensors"))
      #expect(found.suggestion?.folder == Folder("vae"))
    }
  }

  @Test(
    "A refusal says what the user can do",
    arguments: [
      (LabAccess.gated, nil, "UNAUTHORIZED_SOURCE", OriginError.Advice.needsUser),
      (.gated, "hf_other", "ACCESS_FORBIDDEN", .needsUser),
      (.privateRepo, nil, "UNAUTHORIZED_SOURCE", .needsUser),
      (.requiresToken("hf_right"), "hf_stale", "INVALID_TOKEN", .needsUser),
      (.missing, nil, "RESOURCE_NOT_FOUND", .giveUp),
    ])
  func refuses(
    access: LabAccess, token: String?, code: String, advice: OriginError.Advice
  ) async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/model", path: "a.bin", file: LabFile(size: 9, seed: 9), access: access)
      let resolver = try lab.resolver(huggingFaceToken: token)
      let reference = try lab.hubReference("a.bin")
      let error = try await refusal { () throws(OriginError) in
        try await resolver.resolve(reference)
      }
      #expect(error.failure.code == code)
      #expect(error.advice == advice)
      #expect(error.failure.hint != nil)
      #expect(!error.failure.message.contains("hf_"))
    }
  }

  @Test("A stale token does not keep anyone from a public file")
  func staleTokenOnPublicFile() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(repo: "acme/model", path: "a.bin", file: LabFile(size: 9, seed: 10))
      let found = try await lab.resolver(huggingFaceToken: "hf_stale")
        .resolve(lab.hubReference("a.bin"))
      #expect(found.size == 9)
    }
  }

  @Test("A missing file, revision and repository are told apart")
  func missing() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(repo: "acme/model", path: "a.bin", file: LabFile(size: 9, seed: 11))
      let resolver = try lab.resolver()
      let hosts = try lab.hosts
      func message(_ path: String) async throws -> String {
        let reference = try ModelReference(lab.hubEndpoint + path, hosts: hosts)
        return try await refusal { () throws(OriginError) in
          try await resolver.resolve(reference)
        }.failure.message
      }
      #expect(
        try await message("/acme/model/resolve/main/b.bin") == "acme/model has no file b.bin.")
      #expect(
        try await message("/acme/model/resolve/v2/a.bin") == "acme/model has no revision v2.")
      #expect(
        try await message("/acme/none/resolve/main/a.bin")
          == "acme/none does not exist, or is private.")
    }
  }

  @Test("A server that is down is tried again")
  func down() async throws {
    // No server of a test is ever on a port that low.
    let hosts = try SourceHosts(environment: ["HF_ENDPOINT": "http://127.0.0.1:1"])
    let resolver = OriginResolver(transport: HTTPTransport(), hosts: hosts) {
      OriginCredentials()
    }
    let reference = try ModelReference(
      "http://127.0.0.1:1/acme/model/resolve/main/a.bin", hosts: hosts)
    let error = try await refusal { () throws(OriginError) in
      try await resolver.resolve(reference)
    }
    #expect(error.failure.code == "CONNECTION_REFUSED")
    #expect(error.advice == .retry(after: nil))
  }
}

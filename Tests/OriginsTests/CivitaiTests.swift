import Downloads
import OriginLab
import Testing

@testable import Origins

@Suite struct CivitaiTests {
  @Test("A version has its name, exact size, hash, folder and what it was made for")
  func version() async throws {
    try await OriginLab.withRunning { lab in
      let file = LabFile(size: 5001, seed: 1)
      lab.addCivitai(versionID: 42, fileName: "wai.safetensors", file: file, modelType: "LORA")
      let found = try await lab.resolver().resolve(lab.civitaiReference(42))
      #expect(found.name == "wai.safetensors")
      #expect(found.size == 5001)
      #expect(found.hashes == PublishedHashes(sha256: file.sha256))
      #expect(found.suggestion?.folder == Folder("loras"))
      #expect(found.metadata["base_model"] == "SDXL 1.0")
      #expect(found.metadata["model_version_id"] == 42)
      #expect(found.link.url.originText == lab.storageEndpoint)
    }
  }

  @Test("The key goes to Civitai and never to its storage")
  func keyStays() async throws {
    try await OriginLab.withRunning { lab in
      let file = LabFile(size: 100, seed: 2)
      lab.addCivitai(
        versionID: 42, fileName: "a.safetensors", file: file, access: .requiresToken("civ_secret"))
      let resolver = try lab.resolver(huggingFaceToken: "hf_secret", civitaiKey: "civ_secret")
      let found = try await resolver.resolve(lab.civitaiReference(42))
      let bytes = try await resolver.content(of: found, from: 0).collected()
      #expect(bytes == file.bytes(0..<100))
      #expect(
        lab.requests(at: .civitai).allSatisfy { $0.headers["authorization"] == "Bearer civ_secret" }
      )
      #expect(lab.requests(at: .storage).allSatisfy { $0.headers["authorization"] == nil })
      #expect(lab.requests.allSatisfy { !$0.query.contains("secret") })
    }
  }

  @Test("A download is counted once for each resolution")
  func asksOnce() async throws {
    try await OriginLab.withRunning { lab in
      lab.addCivitai(versionID: 42, fileName: "a.bin", file: LabFile(size: 100, seed: 3))
      _ = try await lab.resolver().resolve(lab.civitaiReference(42))
      let downloads = lab.requests(at: .civitai).filter { $0.path.hasPrefix("/api/download") }
      #expect(downloads.count == 1)
    }
  }

  @Test("The wanted file is chosen by its number", arguments: ["?fileId=420", "?fp=fp16"])
  func choice(query: String) async throws {
    try await OriginLab.withRunning { lab in
      lab.addCivitai(versionID: 42, fileName: "a.bin", file: LabFile(size: 100, seed: 4))
      let found = try await lab.resolver().resolve(lab.civitaiReference(42, query: query))
      #expect(found.name == "a.bin")
    }
  }

  @Test(
    "A refusal says what the user can do",
    arguments: [
      (LabAccess.requiresToken("right"), nil, "UNAUTHORIZED_SOURCE", OriginError.Advice.needsUser),
      (.requiresToken("right"), "wrong", "UNAUTHORIZED_SOURCE", .needsUser),
      (.earlyAccess, "any", "ACCESS_FORBIDDEN", .needsUser),
      (.archived, nil, "RESOURCE_NOT_FOUND", .giveUp),
      (.missing, nil, "RESOURCE_NOT_FOUND", .giveUp),
    ])
  func refuses(
    access: LabAccess, key: String?, code: String, advice: OriginError.Advice
  ) async throws {
    try await OriginLab.withRunning { lab in
      lab.addCivitai(
        versionID: 42, fileName: "a.bin", file: LabFile(size: 9, seed: 5), access: access)
      let resolver = try lab.resolver(civitaiKey: key)
      let reference = try lab.civitaiReference(42)
      let error = try await refusal { () throws(OriginError) in
        try await resolver.resolve(reference)
      }
      #expect(error.failure.code == code)
      #expect(error.advice == advice)
    }
  }

  @Test("Among several files the query or the primary mark decides")
  func chooses() throws {
    let hosts = try SourceHosts(environment: [:])
    let version = CivitaiVersion(files: [
      .init(id: 1, name: "full", metadata: .init(fp: "fp32"), primary: false),
      .init(id: 2, name: "small", metadata: .init(fp: "fp16"), primary: true),
    ])
    func name(_ query: String) throws -> String? {
      let url = "https://civitai.com/api/download/models/7\(query)"
      guard case .civitai(let link) = try ModelReference(url, hosts: hosts) else { return nil }
      return version.file(for: link)?.name
    }
    #expect(try name("") == "small")
    #expect(try name("?fp=fp32") == "full")
    #expect(try name("?fileId=1") == "full")
    #expect(try name("?fp=bf16") == nil)
  }
}

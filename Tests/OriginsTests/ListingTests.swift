import Downloads
import OriginLab
import Testing

@testable import Origins

@Suite("Listings") struct ListingTests {
  private func listing(
    _ lab: OriginLab, _ path: String, at endpoint: KeyPath<OriginLab, String> = \.hubEndpoint
  ) async throws -> FileListing {
    let reference = try PastedReference(lab[keyPath: endpoint] + path, hosts: lab.hosts)
    return try await lab.resolver().listing(of: reference)
  }

  @Test("a repository lists its files with size, hash, precision and folder")
  func repository() async throws {
    try await OriginLab.withRunning { lab in
      let model = LabFile(size: 5000, seed: 1)
      var readme = LabFile(size: 20, seed: 2)
      readme.faults.isGitFile = true
      lab.addHuggingFace(repo: "acme/model", path: "README.md", file: readme)
      lab.addHuggingFace(repo: "acme/model", path: "vae/ae-fp16.safetensors", file: model)
      let listing = try await listing(lab, "/acme/model")
      #expect(listing.title == "acme/model")
      #expect(listing.facts.license == "apache-2.0")
      #expect(listing.facts.baseModel == "acme/base")
      #expect(listing.files.map(\.path) == ["README.md", "vae/ae-fp16.safetensors"])
      let file = listing.files[1]
      #expect(file.size == 5000)
      #expect(file.hashes == PublishedHashes(sha256: model.sha256))
      #expect(file.precision == "fp16")
      #expect(file.folder?.text == "vae: it stands in vae/")
      #expect(listing.files[0].hashes == PublishedHashes(gitBlobSHA1: readme.gitSHA1))
      #expect(listing.meant == [file])
    }
  }

  @Test("a long list comes in pages, all of them, from the hub alone")
  func pages() async throws {
    try await OriginLab.withRunning { lab in
      lab.setTreePageSize(10)
      for number in 0..<35 {
        lab.addHuggingFace(
          repo: "acme/model", path: "m\(100 + number).safetensors",
          file: LabFile(size: 10, seed: UInt64(number)))
      }
      let listing = try await listing(lab, "/acme/model/tree/main")
      #expect(listing.files.count == 35)
      #expect(listing.meant.isEmpty)
      #expect(lab.requests(at: .hub).filter { $0.path.contains("/tree/") }.count == 4)
    }
  }

  @Test("a directory lists what is below it")
  func directory() async throws {
    try await OriginLab.withRunning { lab in
      for path in ["a/x.gguf", "b/y.gguf"] {
        lab.addHuggingFace(repo: "acme/model", path: path, file: LabFile(size: 10, seed: 1))
      }
      let listing = try await listing(lab, "/acme/model/tree/main/b")
      #expect(listing.files.map(\.path) == ["b/y.gguf"])
      let missing = try await listingRefusal(lab, lab.hubEndpoint + "/acme/model/tree/main/c")
      #expect(missing.failure.code == "RESOURCE_NOT_FOUND")
    }
  }

  private func listingRefusal(_ lab: OriginLab, _ link: String) async throws -> OriginError {
    let resolver = try lab.resolver()
    let reference = try PastedReference(link, hosts: lab.hosts)
    return try await refusal { () async throws(OriginError) in
      try await resolver.listing(of: reference)
    }
  }

  @Test("a renamed repository is listed under its new name")
  func renamed() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/old", path: "m.safetensors", file: LabFile(size: 10, seed: 1))
      lab.renameHuggingFace(repo: "acme/old", to: "acme/new")
      let listing = try await listing(lab, "/acme/old")
      #expect(listing.files.count == 1)
    }
  }

  @Test("a private repository cannot be listed, and what helps is said")
  func privateRepository() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/private", path: "m", file: LabFile(size: 10, seed: 1), access: .privateRepo)
      let error = try await listingRefusal(lab, lab.hubEndpoint + "/acme/private")
      #expect(error.failure.code == "UNAUTHORIZED_SOURCE")
      #expect(error.failure.hint?.contains("HF_TOKEN") == true)
    }
  }

  @Test("a gated repository can be listed, and is said to be gated")
  func gated() async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/gated", path: "m.safetensors", file: LabFile(size: 10, seed: 1), access: .gated)
      let listing = try await listing(lab, "/acme/gated")
      #expect(listing.facts.isGated)
      #expect(listing.files.count == 1)
    }
  }

  @Test("a model's page is its newest version; its primary file is meant, others can be chosen")
  func civitaiPage() async throws {
    try await OriginLab.withRunning { lab in
      let main = LabFile(size: 2048, seed: 1)
      lab.addCivitai(versionID: 42, fileName: "main.safetensors", file: main, modelType: "LoCon")
      lab.addCivitaiFile(
        to: 42, fileName: "vae.safetensors", file: LabFile(size: 1024, seed: 2), type: "VAE")
      let listing = try await listing(lab, "/models/43", at: \.civitaiEndpoint)
      #expect(listing.title == "Lab model v42")
      #expect(listing.facts.baseModel == "SDXL 1.0")
      #expect(listing.facts.trainedWords == ["lab style"])
      #expect(listing.facts.previewURL == "https://image.civitai.com/a.png")
      #expect(listing.files.map(\.path) == ["main.safetensors", "vae.safetensors"])
      #expect(
        listing.files.map(\.folder?.text) == [
          "loras: Civitai says LoCon", "vae: Civitai says VAE",
        ])
      #expect(listing.files.map(\.size) == [2048, 1024])
      #expect(listing.meant.map(\.path) == ["main.safetensors"])
      let other = try await lab.resolver().resolve(listing.files[1].reference)
      #expect(other.name == "vae.safetensors")
      #expect(other.size == 1024)
      // Nothing was counted as a download but what was resolved.
      #expect(
        lab.requests(at: .civitai).filter { $0.path.hasPrefix("/api/download") }.count == 1)
    }
  }

  @Test("a model's page tells of all its versions, newest first, each with its files")
  func civitaiVersions() async throws {
    try await OriginLab.withRunning { lab in
      for (id, name) in [(42, "high.safetensors"), (41, "low.safetensors")] {
        lab.addCivitai(versionID: id, fileName: name, file: LabFile(size: 2048, seed: 1))
      }
      lab.addCivitaiFile(
        to: 41, fileName: "low-vae.safetensors", file: LabFile(size: 10, seed: 2), type: "VAE")
      lab.listCivitai(versionID: 41, below: 42)
      let listing = try await listing(lab, "/models/43", at: \.civitaiEndpoint)
      #expect(listing.versions.map(\.name) == ["v42", "v41", "v0"])
      #expect(listing.versions.map { $0.files.count } == [1, 2, 0])
      #expect(listing.versions[0].files == listing.files)
      #expect(listing.versions[1].files.map(\.variant) == ["pruned", "VAE"])
      let older = try await lab.resolver().resolve(listing.versions[1].files[1].reference)
      #expect(older.name == "low-vae.safetensors")
    }
  }

  @Test("a link to a version lists its files, and the one that the link selects is meant")
  func civitaiVersion() async throws {
    try await OriginLab.withRunning { lab in
      lab.addCivitai(versionID: 42, fileName: "main.ckpt", file: LabFile(size: 10, seed: 1))
      lab.addCivitaiFile(
        to: 42, fileName: "other.ckpt", file: LabFile(size: 10, seed: 2), pickleScan: "Danger")
      let listing = try await listing(
        lab, "/model-versions/42?fileId=421", at: \.civitaiEndpoint)
      #expect(listing.meant.map(\.path) == ["other.ckpt"])
      #expect(listing.meant[0].warnings.map(\.code) == ["UNSAFE_PICKLE_SCAN"])
    }
  }

  @Test("a page that is not there is said to be missing")
  func missingPage() async throws {
    try await OriginLab.withRunning { lab in
      let error = try await listingRefusal(lab, lab.civitaiEndpoint + "/models/99")
      #expect(error.failure.code == "RESOURCE_NOT_FOUND")
    }
  }
}

@Suite("Words in names and headers") struct NameWordTests {
  @Test(
    "precision is read from names",
    arguments: [
      ("flux1-dev-fp8.safetensors", "fp8"), ("model-Q4_K_M.gguf", "Q4_K_M"),
      ("t5xxl_fp16.safetensors", "fp16"), ("a/bf16/model.safetensors", "bf16"),
      ("flux1-dev-fp8_e4m3fn.safetensors", "fp8_e4m3fn"), ("model.safetensors", nil),
      ("fp16-notes/model-Q8_0.gguf", "Q8_0"),
    ])
  func precision(path: String, word: String?) { #expect(PrecisionName.found(in: path) == word) }

  @Test(
    "the next page is found in a Link header",
    arguments: [
      ("<https://h/a?cursor=x>; rel=\"next\"", "https://h/a?cursor=x"),
      ("<https://h/p>; rel=prev, <https://h/n>; rel=next", "https://h/n"),
      ("<https://h/n>; title=\"a\"; rel=\"next\"", "https://h/n"),
      ("<https://h/p>; rel=\"prev\"", nil),
      ("https://h/n; rel=next", nil), ("<https://h/n", nil), ("", nil),
    ])
  func nextPage(text: String, target: String?) { #expect(LinkHeader.next(text) == target) }
}

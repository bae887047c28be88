import Downloads
import OriginLab
import Testing
import Transport

@testable import Origins

@Suite struct PictureTests {
  private let picture = Array("not looked into".utf8)

  private func lab(
    _ body: (OriginLab, OriginResolver) async throws -> Void
  ) async throws {
    try await OriginLab.withRunning { lab in
      lab.addCivitai(versionID: 42, fileName: "a.bin", file: LabFile(size: 9, seed: 1))
      lab.addHuggingFace(
        repo: "acme/model", path: "a.bin", file: LabFile(size: 9, seed: 2))
      try await body(
        lab, try lab.resolver(huggingFaceToken: "hf_secret", civitaiKey: "civ_secret"))
    }
  }

  @Test(
    "Civitai's first picture that is for everybody comes, small, without a redirect or a download")
  func civitai() async throws {
    try await lab { lab, resolver in
      lab.addCivitaiPicture(to: 42, bytes: [1], level: 16)
      lab.addCivitaiPicture(to: 42, bytes: [2], level: 1, type: "video")
      lab.addCivitaiPicture(to: 42, bytes: [3], level: nil)
      lab.addCivitaiPicture(to: 42, bytes: picture, level: 2)
      let file = try await resolver.picture(of: lab.civitaiReference(42), limit: 100)
      #expect(file == picture)
      #expect(
        lab.requests(at: .civitai).map(\.path)
          == ["/api/v1/model-versions/42", "/pictures/42/width=450/3"])
    }
  }

  @Test("A version without a picture for everybody has none to show", arguments: [4, 8, 16, 0])
  func mature(level: Int) async throws {
    try await lab { lab, resolver in
      lab.addCivitaiPicture(to: 42, bytes: picture, level: level)
      let reference = try lab.civitaiReference(42)
      let error = try await refusal { () throws(OriginError) in
        try await resolver.picture(of: reference, limit: 100)
      }
      #expect(error.advice == .giveUp)
      #expect(error.failure.message == "Civitai has none that it marks as fit for everybody.")
      #expect(lab.requests(at: .civitai).count == 1)
    }
  }

  @Test("A picture that is longer than allowed is not taken")
  func bounded() async throws {
    try await lab { lab, resolver in
      lab.addCivitaiPicture(to: 42, bytes: Array(repeating: 1, count: 101))
      let reference = try lab.civitaiReference(42)
      let error = try await refusal { () throws(OriginError) in
        try await resolver.picture(of: reference, limit: 100)
      }
      #expect(error.advice == .giveUp)
      #expect(error.failure.message == "The answer is longer than 100 bytes.")
    }
  }

  @Test("The picture of a card that stands in the repository comes, as files of it do")
  func huggingFace() async throws {
    try await lab { lab, resolver in
      lab.addHuggingFace(repo: "acme/model", path: "media/one.png", file: LabFile(bytes: picture))
      lab.setHuggingFaceThumbnail(repo: "acme/model", "media/one.png")
      let file = try await resolver.picture(of: lab.hubReference("a.bin"), limit: 4096)
      #expect(file == picture)
      #expect(
        lab.requests(at: .content).allSatisfy { $0.headers["authorization"] == nil })
    }
  }

  @Test(
    "A picture of another site is not asked for",
    arguments: [
      "https://example.com/a.png", "http://169.254.169.254/a.png", "../../../etc/passwd",
      "//example.com/a.png", "file:///etc/passwd", "https://huggingface.co@example.com/a.png",
    ])
  func otherSite(thumbnail: String) async throws {
    try await lab { lab, resolver in
      lab.setHuggingFaceThumbnail(repo: "acme/model", thumbnail)
      let reference = try lab.hubReference("a.bin")
      let error = try await refusal { () throws(OriginError) in
        try await resolver.picture(of: reference, limit: 100)
      }
      #expect(error.failure.message == "The repository's card shows none of its own.")
      #expect(lab.requests.count == 1)
    }
  }

  @Test("A card without a picture has none to show")
  func none() async throws {
    try await lab { lab, resolver in
      let reference = try lab.hubReference("a.bin")
      let error = try await refusal { () throws(OriginError) in
        try await resolver.picture(of: reference, limit: 100)
      }
      #expect(error.failure.message == "The repository's card shows none.")
    }
  }

  @Test(
    "Civitai's pictures are asked for in the width of a screen",
    arguments: [
      (
        "https://image.civitai.com/key/id/original=true/1.jpeg",
        "https://image.civitai.com/key/id/width=450/1.jpeg"
      ),
      (
        "https://image.civitai.com/key/id/width=1024,optimized=true/1.jpeg",
        "https://image.civitai.com/key/id/width=450/1.jpeg"
      ),
      ("https://image.civitai.com/a.png", nil),
    ])
  func width(url: String, small: String?) throws {
    let url = try #require(HTTPURL(url))
    #expect(url.civitaiPicture(width: 450)?.description == small)
  }
}

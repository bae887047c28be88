import Downloads
import OriginLab
import Testing

@testable import Origins

/// Each way in which the two sites say no, and what the user is told to do.
@Suite("Refusals, one by one") struct RefusalTableTests {
  @Test(
    "of Hugging Face",
    arguments: [
      (LabAccess.gated, nil, "UNAUTHORIZED_SOURCE", OriginError.Advice.needsUser, "Accept them at"),
      (.gated, "hf_x", "ACCESS_FORBIDDEN", .needsUser, "Ask for it at"),
      (.privateRepo, nil, "UNAUTHORIZED_SOURCE", .needsUser, "set HF_TOKEN"),
      (.disabled, nil, "ACCESS_FORBIDDEN", .giveUp, nil),
      (.missing, nil, "RESOURCE_NOT_FOUND", .giveUp, "Check the link"),
      (.rateLimited, nil, "RATE_LIMITED", .retry(after: 3), nil),
      (.broken, nil, "SOURCE_SERVER_ERROR", .retry(after: nil), nil),
    ] as [(LabAccess, String?, String, OriginError.Advice, String?)])
  func huggingFace(
    access: LabAccess, token: String?, code: String, advice: OriginError.Advice, hint: String?
  ) async throws {
    try await OriginLab.withRunning { lab in
      lab.addHuggingFace(
        repo: "acme/model", path: "m.bin", file: LabFile(size: 10, seed: 1), access: access)
      let resolver = try lab.resolver(huggingFaceToken: token)
      let reference = try lab.hubReference("m.bin")
      let error = try await refusal { () async throws(OriginError) in
        try await resolver.resolve(reference)
      }
      #expect(error.failure.code == code)
      #expect(error.advice == advice)
      if let hint { #expect(error.failure.hint?.contains(hint) == true, "\(error.failure)") }
    }
  }

  @Test(
    "of Civitai",
    arguments: [
      (
        LabAccess.requiresToken("k"), nil, "UNAUTHORIZED_SOURCE", OriginError.Advice.needsUser,
        "CIVITAI_API_TOKEN"
      ),
      (.earlyAccess, nil, "ACCESS_FORBIDDEN", .needsUser, "Buy access"),
      (.archived, nil, "RESOURCE_NOT_FOUND", .giveUp, nil),
      (.downloadsDisabled, nil, "ACCESS_FORBIDDEN", .giveUp, nil),
      (.noGrant, "k", "ACCESS_FORBIDDEN", .needsUser, "your account"),
      (.blocked, nil, "ACCESS_FORBIDDEN", .needsUser, "CIVITAI_API_TOKEN"),
      (.regionBlocked, nil, "ACCESS_FORBIDDEN", .giveUp, nil),
      (.missing, nil, "RESOURCE_NOT_FOUND", .giveUp, "unpublished"),
      (.rateLimited, nil, "RATE_LIMITED", .retry(after: nil), nil),
      (.broken, nil, "SOURCE_SERVER_ERROR", .retry(after: nil), nil),
    ] as [(LabAccess, String?, String, OriginError.Advice, String?)])
  func civitai(
    access: LabAccess, key: String?, code: String, advice: OriginError.Advice, hint: String?
  ) async throws {
    try await OriginLab.withRunning { lab in
      lab.addCivitai(
        versionID: 42, fileName: "m.bin", file: LabFile(size: 10, seed: 1), access: access)
      let resolver = try lab.resolver(civitaiKey: key)
      let reference = try lab.civitaiReference(42)
      let error = try await refusal { () async throws(OriginError) in
        try await resolver.resolve(reference)
      }
      #expect(error.failure.code == code)
      #expect(error.advice == advice)
      if let hint { #expect(error.failure.hint?.contains(hint) == true, "\(error.failure)") }
    }
  }
}

@Suite("Manners towards the sites") struct MannerTests {
  private func fetched(_ faults: (inout LabFaults) -> Void) async throws -> (Int, OriginLab) {
    let lab = try await OriginLab.start()
    var file = LabFile(size: 400_000, seed: 1)
    faults(&file.faults)
    lab.addHuggingFace(repo: "acme/model", path: "m.bin", file: file)
    let resolver = try lab.resolver()
    let found = try await resolver.resolve(lab.hubReference("m.bin"))
    let bytes = try await resolver.content(of: found, from: 0).collected()
    await lab.stop()
    return (bytes.count, lab)
  }

  @Test("a range is asked for even of the whole, which the bridge refuses otherwise")
  func alwaysRanges() async throws {
    #expect(try await fetched { $0.wholeLimit = 1000 }.0 == 400_000)
  }

  @Test("content is never taken compressed")
  func identity() async throws {
    let (count, lab) = try await fetched { $0.compressesWhereAllowed = true }
    #expect(count == 400_000)
    #expect(lab.requests.allSatisfy { $0.headers["accept-encoding"] == "identity" })
  }

  @Test("a range that begins elsewhere than asked for is refused")
  func shifted() async throws {
    let lab = try await OriginLab.start()
    var file = LabFile(size: 400_000, seed: 1)
    file.faults.rangeShift = 5
    lab.addHuggingFace(repo: "acme/model", path: "m.bin", file: file)
    let resolver = try lab.resolver()
    let found = try await resolver.resolve(lab.hubReference("m.bin"))
    let error = try await refusal { () async throws(OriginError) in
      try await resolver.content(of: found, from: 100)
    }
    #expect(error.advice == .retry(after: nil))
    await lab.stop()
  }

  @Test("the sites are told an honest name, which no site takes for a browser")
  func userAgent() async throws {
    let (_, lab) = try await fetched { _ in }
    let browsers = ["mozilla", "chrome", "safari", "firefox", "opera", "edge"]
    #expect(
      lab.requests.allSatisfy { request in
        let agent = request.headers["user-agent"]?.lowercased() ?? ""
        return agent.hasPrefix("winch/") && !browsers.contains(where: agent.contains)
      })
  }

  @Test("a header is looked at with one small request")
  func header() async throws {
    try await OriginLab.withRunning { lab in
      let file = LabFile.safetensors(size: 3_000_000, seed: 1)
      lab.addHuggingFace(repo: "acme/model", path: "m.safetensors", file: file)
      let resolver = try lab.resolver()
      let found = try await resolver.resolve(lab.hubReference("m.safetensors"))
      let header = try await resolver.header(of: found)
      #expect(header?.precision == "U8")
      let ranges = lab.requests(at: .content).compactMap(\.range)
      #expect(ranges.count == 1)
      #expect(ranges.first?.end == FileStart.length - 1)
    }
  }
}

import ComfyAPI
import Downloads
import Transport

/// Asks the hub what a file is: `HEAD` on its link, following what stays on the hub.
///
/// The answer that leads away from the hub holds the file's facts, and its `Location` is the signed
/// link to the bytes (huggingface_hub, `get_hf_file_metadata`).
struct HuggingFaceResolution {
  let resolver: OriginResolver
  let file: HuggingFaceFile

  private var repository: HuggingFaceRepository { file.repository }

  func run() async throws(OriginError) -> ResolvedFile {
    do {
      return try await resolveWithFallback()
    } catch  where error.failure.code == HuggingFaceRefusal.missingEntry {
      throw await error.naming(nearest: nearestPaths())
    }
  }

  /// The paths in the repository that look most like the one that is missing.
  private func nearestPaths() async -> [String] {
    guard let tree = try? HuggingFaceTree(repository, directory: "", hosts: resolver.hosts),
      let listing = try? await HuggingFaceListing(resolver: resolver, tree: tree).files()
    else { return [] }
    return NearestName.all(to: file.path, among: listing.map(\.path))
  }

  private func resolveWithFallback() async throws(OriginError) -> ResolvedFile {
    do {
      return try await resolve(withToken: true)
    } catch  where error.failure.code == HuggingFaceRefusal.refusedToken {
      // A stale token must not keep anyone from a public file.
      let refused = error
      do {
        var resolved = try await resolve(withToken: false)
        resolved.notices.append(
          "Hugging Face does not accept the token; the file is public and came without it.")
        return resolved
      } catch {
        throw refused
      }
    }
  }

  private func resolve(withToken: Bool) async throws(OriginError) -> ResolvedFile {
    var url = file.url
    var facts = HuggingFaceFacts()
    for _ in 0...OriginResolver.mostRedirects {
      let authorization =
        withToken ? resolver.credentials.authorization(for: url, hosts: resolver.hosts) : nil
      let response = try await resolver.send(
        resolver.request(url, method: "HEAD", authorization: authorization))
      let target = try OriginResolver.target(of: response.head, from: url)
      guard target != nil || response.status == 200 else {
        throw HuggingFaceRefusal(
          response, file.repository, path: file.path, at: resolver.hosts.huggingFace,
          sentToken: authorization != nil
        ).error
      }
      facts.take(response.headers, isRedirect: target != nil)
      guard let target else {
        return try resolved(facts, ContentLink(url: url, authorization: authorization))
      }
      guard target.origin == url.origin || resolver.hosts.isHuggingFace(target) else {
        let link = ContentLink(url: target, expires: LinkExpiry.date(of: target))
        return try resolved(facts, link)
      }
      url = target
    }
    throw OriginResolver.tooManyRedirects(file.url.host)
  }

  private func resolved(
    _ facts: HuggingFaceFacts, _ link: ContentLink
  ) throws(OriginError) -> ResolvedFile {
    guard facts.commit != nil || facts.tag != nil else {
      throw OriginError(
        "SOURCE_SERVER_ERROR",
        "The answer of \(file.url.host) is not one of Hugging Face.",
        hint: "Is a login page of the network in between, or HF_ENDPOINT wrong?",
        .retry(after: nil))
    }
    let name = FileName.sanitized(file.path) ?? "model"
    var resolved = ResolvedFile(
      reference: .huggingFace(file), name: name, size: facts.size, hashes: facts.hashes,
      identity: identity(facts), link: link,
      suggestion: FolderSuggestion(repositoryPath: file.path),
      metadata: metadata(facts))
    resolved.notices = facts.notices
    resolved.facts = SourceFacts(page: repository.page(at: resolver.hosts.huggingFace))
    return resolved
  }

  /// The content's hash where there is one: a new commit that leaves the file as it is must not cost
  /// the bytes received so far.
  private func identity(_ facts: HuggingFaceFacts) -> String {
    let content =
      facts.hashes.identity ?? "\(facts.commit ?? repository.revision)/\(facts.tag ?? file.path)"
    let kind = repository.kind == .model ? "" : repository.kind.rawValue
    return "hf:\(kind):\(repository.name):\(content):\(facts.size ?? -1)"
  }

  private func metadata(_ facts: HuggingFaceFacts) -> [String: JSONValue] {
    var metadata: [String: JSONValue] = [
      "source": "huggingface", "source_url": .string(file.url.description),
      "repo_id": .string(repository.name), "revision": .string(repository.revision),
    ]
    metadata["commit"] = facts.commit.map(JSONValue.string)
    return metadata
  }
}

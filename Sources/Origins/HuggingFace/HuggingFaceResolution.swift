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

  func run() async throws(OriginError) -> ResolvedFile {
    do {
      return try await resolve(withToken: true)
    } catch  where error.failure.code == HuggingFaceRefusal.refusedToken {
      // A stale token must not keep anyone from a public file.
      let refused = error
      do {
        return try await resolve(withToken: false)
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
        throw HuggingFaceRefusal(response, file: file, sentToken: authorization != nil).error
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
    return ResolvedFile(
      reference: .huggingFace(file), name: name, size: facts.size, hashes: facts.hashes,
      identity: identity(facts), link: link, suggestedFolder: suggestedFolder,
      metadata: metadata(facts))
  }

  /// The content's hash where there is one: a new commit that leaves the file as it is must not cost
  /// the bytes received so far.
  private func identity(_ facts: HuggingFaceFacts) -> String {
    let content =
      facts.hashes.identity ?? "\(facts.commit ?? file.revision)/\(facts.tag ?? file.path)"
    return "hf:\(file.kind.rawValue):\(file.repository):\(content):\(facts.size ?? -1)"
  }

  /// Repositories made for ComfyUI have its folders in their paths (`split_files/vae/…`).
  private var suggestedFolder: Folder? {
    let directories = file.path.split(separator: "/").dropLast()
    return directories.reversed().lazy.compactMap { Folder(String($0)) }
      .first { Folder.known.contains($0.name) }
  }

  private func metadata(_ facts: HuggingFaceFacts) -> [String: JSONValue] {
    var metadata: [String: JSONValue] = [
      "source": "huggingface", "source_url": .string(file.url.description),
      "repo_id": .string(file.repository), "revision": .string(file.revision),
    ]
    metadata["commit"] = facts.commit.map(JSONValue.string)
    return metadata
  }
}

import ComfyAPI
import Downloads
import Foundation
import Transport

/// Asks Civitai what a file is: the version's page for its name and hashes, the download endpoint
/// for its signed link, and the storage host for its exact size.
///
/// The endpoint counts every request as a download and refuses those who ask too often, so it is
/// asked once for each link.
struct CivitaiResolution {
  let resolver: OriginResolver
  let file: CivitaiFile

  func run() async throws(OriginError) -> ResolvedFile {
    let version = try await version()
    let chosen = version?.file(for: file)
    let link = try await link()
    let size = try await size(at: link)
    let hashes = PublishedHashes(
      sha256: chosen?.hashes?.sha256, blake3: chosen?.hashes?.blake3)
    let content = hashes.identity ?? "unknown"
    var resolved = ResolvedFile(
      reference: .civitai(file), name: name(chosen), size: size, hashes: hashes,
      identity: "civitai:\(file.versionID):\(chosen?.id ?? 0):\(content):\(size ?? -1)",
      link: link, suggestion: version?.folder(for: chosen), format: chosen?.metadata?.format,
      metadata: version?.metadata(of: file, file: chosen) ?? ["source": "civitai"],
      warnings: chosen?.scanWarnings ?? [])
    resolved.facts = version?.facts(versionID: file.versionID, base: base)
    return resolved
  }

  /// Nil when the page says nothing usable: the file can be had all the same.
  private func version() async throws(OriginError) -> CivitaiVersion? {
    guard let url = HTTPURL(base + "/api/v1/model-versions/\(file.versionID)") else { return nil }
    let response = try await resolver.send(
      resolver.request(url, authorization: authorization(url)))
    guard response.status == 200 else {
      if response.status == 404 { return nil }
      throw CivitaiRefusal(response, page: file.url, sentKey: authorization(url) != nil).error
    }
    return try? JSONDecoder().decode(CivitaiVersion.self, from: Data(response.body))
  }

  /// Follows the endpoint's redirects until one leads away from Civitai.
  private func link() async throws(OriginError) -> ContentLink {
    var url = file.url
    for _ in 0...OriginResolver.mostRedirects {
      let authorization = authorization(url)
      let response = try await resolver.send(resolver.request(url, authorization: authorization))
      guard let target = try OriginResolver.target(of: response.head, from: url) else {
        throw CivitaiRefusal(response, page: file.url, sentKey: authorization != nil).error
      }
      guard !target.path.hasPrefix("/login") || target.origin != url.origin else {
        throw CivitaiRefusal.login(sentKey: authorization != nil)
      }
      guard target.origin == url.origin, target.path.contains("/api/") else {
        return ContentLink(url: target, expires: LinkExpiry.date(of: target))
      }
      url = target
    }
    throw OriginResolver.tooManyRedirects(url.host)
  }

  /// The size that the storage host gives with the first byte. `HEAD` is no way: links are signed for
  /// `GET` alone.
  private func size(at link: ContentLink) async throws(OriginError) -> Int64? {
    let probe = try await resolver.content(at: link, knownSize: nil, from: 0, through: 0)
    return probe.total
  }

  private func name(_ chosen: CivitaiVersion.File?) -> String {
    chosen?.name.flatMap(FileName.sanitized) ?? "civitai-\(file.versionID)"
  }

  private func authorization(_ url: HTTPURL) -> String? {
    resolver.credentials.authorization(for: url, hosts: resolver.hosts)
  }

  /// The endpoint of the pasted link: some models are served by one of Civitai's domains alone.
  private var base: String {
    let prefix = file.url.path.prefix(upTo: "/api/download/")
    return file.url.originText + prefix
  }
}

extension String {
  /// What stands before the first occurrence of a text.
  fileprivate func prefix(upTo text: String) -> Substring {
    range(of: text).map { self[..<$0.lowerBound] } ?? self[...]
  }
}

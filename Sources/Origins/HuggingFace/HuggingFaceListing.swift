import ComfyAPI
import Downloads
import Foundation
import Transport

/// Lists a repository or a directory of it by the hub's tree API, and asks for what is said of it.
struct HuggingFaceListing {
  let resolver: OriginResolver
  let tree: HuggingFaceTree

  /// Entries that are taken at the most; larger repositories are no models.
  private static let mostEntries = 20_000

  private var repository: HuggingFaceRepository { tree.repository }
  private var endpoint: HTTPURL { resolver.hosts.huggingFace }

  func run() async throws(OriginError) -> FileListing {
    async let facts = HuggingFaceInfo(resolver: resolver, repository: repository).facts()
    do {
      let files = try await files()
      return FileListing(
        reference: .repository(tree), title: repository.name, facts: await facts, files: files)
    } catch {
      throw error.failure.code == HuggingFaceRefusal.missingEntry
        ? error.naming(nearest: []) : error
    }
  }

  func files() async throws(OriginError) -> [ListedFile] {
    try await entries().filter { $0.type == "file" }.compactMap(file)
  }

  /// A file of which the link is known already: its size and hash come from resolving it.
  static func single(
    _ file: HuggingFaceFile, resolver: OriginResolver
  ) async throws(OriginError) -> FileListing {
    async let facts = HuggingFaceInfo(resolver: resolver, repository: file.repository).facts()
    let resolved = try await resolver.resolve(.huggingFace(file))
    var listed = ListedFile(
      reference: resolved.reference, path: file.path, size: resolved.size,
      hashes: resolved.hashes, format: FileFormat(name: file.path),
      folder: FolderSuggestion(repositoryPath: file.path))
    listed.isPrimary = true
    return FileListing(
      reference: .file(.huggingFace(file)), title: file.repository.name, facts: await facts,
      files: [listed], notices: resolved.notices)
  }

  /// All pages. A `Link` that leads elsewhere than to the hub is not followed.
  private func entries() async throws(OriginError) -> [Entry] {
    var all: [Entry] = []
    var next: HTTPURL? = try firstPage
    while let url = next, all.count < Self.mostEntries {
      let response = try await page(url)
      guard let entries = try? JSONDecoder().decode([Entry].self, from: Data(response.body)) else {
        throw OriginError(
          "METADATA_FETCH_FAILED", "The list of files of \(repository.name) cannot be read.",
          .retry(after: nil))
      }
      all += entries
      next = response.headers["Link"].flatMap(LinkHeader.next).flatMap(url.resolving)
        .flatMap { $0.origin == url.origin && $0 != url ? $0 : nil }
    }
    return all
  }

  private var firstPage: HTTPURL {
    get throws(OriginError) {
      let directory = tree.directory.isEmpty ? "" : "/" + PercentEncoding.encode(tree.directory)
      let revision = PercentEncoding.encode(repository.revision)
      guard
        let url = HTTPURL(
          repository.api(at: endpoint) + "/tree/\(revision)\(directory)?recursive=true")
      else { throw OriginError(failure: ModelReference.noURL, advice: .giveUp) }
      return url
    }
  }

  private func page(_ url: HTTPURL) async throws(OriginError) -> HTTPResponse {
    let answer = try await resolver.answer(at: url)
    guard answer.response.status == 200 else {
      throw HuggingFaceRefusal(
        answer.response, repository, path: tree.directory, at: endpoint,
        sentToken: answer.sentToken
      ).error
    }
    return answer.response
  }

  private func file(_ entry: Entry) -> ListedFile? {
    guard let path = entry.path, !path.isEmpty,
      let file = try? HuggingFaceFile(repository, path: path, hosts: resolver.hosts)
    else { return nil }
    return ListedFile(
      reference: .huggingFace(file), path: path, size: entry.lfs?.size ?? entry.size,
      hashes: PublishedHashes(
        sha256: entry.lfs?.oid, gitBlobSHA1: entry.lfs == nil ? entry.oid : nil),
      format: FileFormat(name: path), precision: PrecisionName.found(in: path),
      folder: FolderSuggestion(repositoryPath: path))
  }

  private struct Entry: Decodable {
    struct Large: Decodable {
      var oid: String?
      var size: Int64?
    }

    var type: String?
    var path: String?
    var oid: String?
    var size: Int64?
    var lfs: Large?
  }
}

extension HuggingFaceRepository {
  /// Where the hub's API tells of the repository.
  func api(at endpoint: HTTPURL) -> String {
    let prefix = endpoint.path == "/" ? "" : endpoint.path
    return endpoint.originText + prefix + "/api/\(kind.rawValue)/\(name)"
  }
}

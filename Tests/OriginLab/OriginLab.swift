import Foundation
import Synchronization

/// Plays Hugging Face, Civitai and their content hosts on loopback.
///
/// Each of the four is a server of its own on a port of its own, so that origins differ as they do
/// in the world. What each has been asked is recorded.
public final class OriginLab: Sendable {
  let state = Mutex(LabState())
  private let servers: [LabRequest.Host: LabServer]

  private init(servers: [LabRequest.Host: LabServer]) { self.servers = servers }

  /// Starts the four hosts; `stop` ends them.
  public static func start() async throws -> OriginLab {
    var servers: [LabRequest.Host: LabServer] = [:]
    for host in [LabRequest.Host.hub, .content, .civitai, .storage] {
      servers[host] = try await LabServer.start()
    }
    let lab = OriginLab(servers: servers)
    for (host, server) in servers {
      server.setHandler { request in await lab.answer(request, at: host) }
    }
    return lab
  }

  public func stop() async {
    for server in servers.values { await server.stop() }
  }

  /// Runs a body against a running lab.
  public static func withRunning<Value>(
    _ body: (OriginLab) async throws -> Value
  ) async throws -> Value {
    let lab = try await start()
    do {
      let value = try await body(lab)
      await lab.stop()
      return value
    } catch {
      await lab.stop()
      throw error
    }
  }

  /// For `HF_ENDPOINT`.
  public var hubEndpoint: String { address(.hub) }
  /// For `CIVITAI_ENDPOINT`.
  public var civitaiEndpoint: String { address(.civitai) }
  /// Where Hugging Face's content comes from.
  public var contentEndpoint: String { address(.content) }
  /// Where Civitai's content comes from.
  public var storageEndpoint: String { address(.storage) }

  func address(_ host: LabRequest.Host) -> String {
    "http://127.0.0.1:\(servers[host]?.port ?? 0)"
  }

  /// Puts a file into a repository; an existing one is replaced, under a new commit, and stays under the
  /// one before.
  public func addHuggingFace(
    repo: String, revision: String = "main", path: String, file: LabFile,
    access: LabAccess = .open
  ) {
    state.withLock { state in
      let commit = Self.commit(repo, state.commits[repo] ?? 0)
      state.commits[repo, default: 0] += 1
      let key = LabState.HubKey(repo: repo, revision: revision, path: path)
      let before = LabState.HubKey(repo: repo, revision: commit, path: path)
      state.hubFiles[before] = state.hubFiles[key]
      state.hubFiles[key] = .init(file: file, access: access)
    }
  }

  /// Renames a repository: the old name redirects.
  public func renameHuggingFace(repo: String, to name: String) {
    state.withLock { state in
      state.renamed[repo] = name
      for (key, entry) in state.hubFiles where key.repo == repo {
        state.hubFiles[.init(repo: name, revision: key.revision, path: key.path)] = entry
      }
      state.commits[name] = state.commits[repo]
    }
  }

  /// Publishes a model version.
  public func addCivitai(
    versionID: Int, fileName: String, file: LabFile, access: LabAccess = .open,
    modelType: String = "Checkpoint"
  ) {
    state.withLock {
      $0.versions[versionID] = .init(
        file: file, name: fileName, access: access, modelType: modelType)
    }
  }

  /// Gives a version one more file; its number is that of the version, then the place of the file.
  public func addCivitaiFile(
    to versionID: Int, fileName: String, file: LabFile, type: String = "Model",
    pickleScan: String = "Success"
  ) {
    state.withLock {
      $0.versions[versionID]?.others.append(
        .init(file: file, name: fileName, type: type, pickleScan: pickleScan))
    }
  }

  /// Gives a version a picture, which Civitai's own host serves.
  ///
  /// - Parameter level: how fit for everybody it is; nil where nobody has looked.
  public func addCivitaiPicture(
    to versionID: Int, bytes: [UInt8], level: Int? = 1, type: String = "image"
  ) {
    state.withLock {
      $0.versions[versionID]?.pictures.append(
        .init(file: LabFile(bytes: bytes), level: level, type: type))
    }
  }

  /// What the card of a repository gives as its picture: a path in it or a URL.
  public func setHuggingFaceThumbnail(repo: String, _ thumbnail: String) {
    state.withLock { $0.thumbnails[repo] = thumbnail }
  }

  /// What the card of a repository gives as its base model, in place of `acme/base`.
  public func setHuggingFaceBaseModel(repo: String, _ name: String) {
    state.withLock { $0.baseModels[repo] = name }
  }

  /// Lists a version below a newer one on the page of the newer one's model.
  public func listCivitai(versionID: Int, below newer: Int) {
    state.withLock { $0.versions[newer]?.older.append(versionID) }
  }

  /// How many entries the hub's tree API puts on a page.
  public func setTreePageSize(_ size: Int) { state.withLock { $0.treePageSize = size } }

  /// How long each answer of the hub takes, a random time of the range.
  public func setHubLatency(milliseconds: ClosedRange<Int>) {
    state.withLock { $0.hubLatency = milliseconds }
  }

  /// Everything that has been asked so far, in order.
  public var requests: [LabRequest] { state.withLock(\.requests) }

  /// What one host has been asked.
  public func requests(at host: LabRequest.Host) -> [LabRequest] {
    requests.filter { $0.host == host }
  }

  /// Bytes of files that have left the two content hosts.
  public var bytesSentByContentHost: Int {
    state.withLock { state in
      state.requests.filter { $0.host == .content || $0.host == .storage }
        .reduce(0) { $0 + $1.bytesSent }
    }
  }

  /// The ranges that were asked of the two content hosts, in order, probes of one byte left out.
  public var contentRangesAsked: [LabRange] {
    requests.filter { $0.host == .content || $0.host == .storage }.compactMap(\.range)
      .filter { $0.end != $0.start }
  }

  private func answer(_ request: LabServer.Request, at host: LabRequest.Host) async -> LabAnswer {
    let index = state.withLock { state in
      state.requests.append(
        LabRequest(
          host: host, method: request.method, path: request.path, query: request.query,
          headers: request.headers))
      return state.requests.count - 1
    }
    if host == .hub {
      let latency = Int.random(in: state.withLock(\.hubLatency))
      if latency > 0 { try? await Task.sleep(for: .milliseconds(latency)) }
    }
    var answer =
      switch host {
      case .hub: hubAnswer(request)
      case .content: contentAnswer(request)
      case .civitai: civitaiAnswer(request)
      case .storage: storageAnswer(request)
      }
    answer.onSent = { [weak self] count in
      self?.state.withLock { $0.requests[index].bytesSent += count }
    }
    return answer
  }
}

/// What the lab holds.
struct LabState {
  struct HubKey: Hashable {
    let repo: String
    let revision: String
    let path: String
  }

  struct HubEntry {
    let file: LabFile
    let access: LabAccess
  }

  struct Version {
    let file: LabFile
    let name: String
    let access: LabAccess
    let modelType: String
    /// Files besides the primary one, whose numbers follow that of the primary.
    var others: [Other] = []
    /// Versions that the model's page lists below this one.
    var older: [Int] = []
    var pictures: [Picture] = []
  }

  struct Picture {
    let file: LabFile
    let level: Int?
    let type: String
  }

  struct Other {
    let file: LabFile
    let name: String
    let type: String
    let pickleScan: String
  }

  /// A signed link: what it leads to, and how many requests it has served.
  struct Link {
    let file: LabFile
    let made = Date()
    var uses = 0
  }

  /// Entries of one page of the hub's tree API.
  var treePageSize = 1000
  /// Milliseconds.
  var hubLatency = 0...0
  var hubFiles: [HubKey: HubEntry] = [:]
  var commits: [String: Int] = [:]
  var renamed: [String: String] = [:]
  /// Users of both sites, by their tokens.
  var accounts: [String: String] = [:]
  var thumbnails: [String: String] = [:]
  var baseModels: [String: String] = [:]
  var versions: [Int: Version] = [:]
  var links: [String: Link] = [:]
  var contentRequests: [String: Int] = [:]
  /// Answers with content that are being sent.
  var openRequests: [String: Int] = [:]
  var requests: [LabRequest] = []
}

import Foundation

/// huggingface.co's API: repositories and their trees.
extension OriginLab {
  /// `parts` begins with `api` and the kind of repository.
  func hubAPIAnswer(_ parts: [String], _ request: LabServer.Request) -> LabAnswer {
    if parts == ["api", "whoami-v2"] { return whoAmI(request) }
    guard parts.count >= 4 else { return .json(404, #"{"error":"Not found"}"#) }
    let repo = parts[2] + "/" + parts[3]
    if let name = state.withLock({ $0.renamed[repo] }) {
      let target = request.path.replacingOccurrences(of: "/\(repo)", with: "/\(name)")
      let query = request.query.isEmpty ? "" : "?" + request.query
      return LabAnswer(307, headers: [("Location", target + query)], body: .text("Moved."))
    }
    let files = state.withLock { state in state.hubFiles.filter { $0.key.repo == repo } }
    guard !files.isEmpty, !files.values.contains(where: { $0.access == .privateRepo }) else {
      return hubRefusal(401, nil, "Invalid username or password.")
    }
    guard parts.count >= 6, parts[4] == "tree" else { return info(repo, files) }
    let listed = files.filter { $0.key.revision == parts[5] }
    guard !listed.isEmpty else {
      return hubRefusal(404, "RevisionNotFound", "Invalid rev id: \(parts[5])")
    }
    return tree(listed, below: parts.dropFirst(6).joined(separator: "/"), parts[5], request)
  }

  /// Makes a token known to both sites.
  public func setAccount(_ name: String, forToken token: String) {
    state.withLock { $0.accounts[token] = name }
  }

  /// Whose token it is, as both sites tell.
  func whoAmI(_ request: LabServer.Request) -> LabAnswer {
    let token = request.headers["authorization"]?.replacingOccurrences(of: "Bearer ", with: "")
    let date = [("Date", Self.date)]
    guard let name = token.flatMap({ token in state.withLock { $0.accounts[token] } }) else {
      return .json(401, #"{"error":"Invalid username or password."}"#, headers: date)
    }
    return .json(200, #"{"type":"user","name":"\#(name)","username":"\#(name)"}"#, headers: date)
  }

  private static var date: String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.string(from: Date())
  }

  private func info(_ repo: String, _ files: [LabState.HubKey: LabState.HubEntry]) -> LabAnswer {
    let thumbnail = state.withLock { $0.thumbnails[repo] }.map { #","thumbnail":"\#($0)""# } ?? ""
    let baseModel = state.withLock { $0.baseModels[repo] } ?? "acme/base"
    let isGated = files.values.contains { $0.access == .gated }
    return .json(
      200,
      #"""
      {"id":"\#(repo)","private":false,"gated":\#(isGated ? #""manual""# : "false"),
       "pipeline_tag":"text-to-image","tags":["diffusers","license:apache-2.0"],
       "cardData":{"license":"apache-2.0","base_model":["\#(baseModel)"]\#(thumbnail)}}
      """#, headers: Self.hubHeaders)
  }

  /// Pages of at most `treePageSize` entries, linked by a cursor.
  private func tree(
    _ files: [LabState.HubKey: LabState.HubEntry], below directory: String, _ revision: String,
    _ request: LabServer.Request
  ) -> LabAnswer {
    let prefix = directory.isEmpty ? "" : directory + "/"
    let entries = files.sorted { $0.key.path < $1.key.path }
      .filter { $0.key.path.hasPrefix(prefix) }
    guard !entries.isEmpty else {
      return hubRefusal(404, "EntryNotFound", "\(directory) does not exist on \"\(revision)\"")
    }
    let start = request.item("cursor").flatMap { Int($0) } ?? 0
    let size = state.withLock(\.treePageSize)
    let page = entries.dropFirst(start).prefix(size)
    var headers = Self.hubHeaders
    if start + size < entries.count {
      let link =
        "\(address(.hub))\(request.path)?recursive=true&limit=\(size)&cursor=\(start + size)"
      headers.append(("Link", "<\(link)>; rel=\"next\""))
    }
    let lines = page.map { Self.entry($0.key.path, $0.value.file) }
    // A recursive listing names directories too.
    let directory = #"{"type":"directory","oid":"\#(Self.treeID)","size":0,"path":"a-directory"}"#
    return .json(200, "[" + ([directory] + lines).joined(separator: ",") + "]", headers: headers)
  }

  private static let treeID = String(repeating: "d", count: 40)

  private static func entry(_ path: String, _ file: LabFile) -> String {
    if file.faults.isGitFile {
      return #"{"type":"file","oid":"\#(file.gitSHA1)","size":\#(file.size),"path":"\#(path)"}"#
    }
    return #"""
      {"type":"file","oid":"\#(treeID)","size":\#(file.size),
       "path":"\#(path)","lfs":{"oid":"\#(file.publishedSHA256)","size":\#(file.size),
       "pointerSize":134},"xetHash":"\#(file.contentTag)"}
      """#
  }
}

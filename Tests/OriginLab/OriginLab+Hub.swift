import Foundation

/// huggingface.co: resolves, redirects and refuses.
extension OriginLab {
  func hubAnswer(_ request: LabServer.Request) -> LabAnswer {
    let parts = request.path.split(separator: "/").map { $0.removingPercentEncoding ?? "" }
    if parts.starts(with: ["api", "resolve-cache"]) { return gitContent(parts, request) }
    if parts.first == "api" { return hubAPIAnswer(parts, request) }
    guard parts.count >= 5 else { return .html(404, "<html>404</html>") }
    let repo = parts[0] + "/" + parts[1]
    let path = parts[4...].joined(separator: "/")
    guard parts[2] == "resolve" else { return .html(200, "<html>The viewer of \(path)</html>") }
    if let name = state.withLock({ $0.renamed[repo] }) {
      let target = request.path.replacingOccurrences(of: "/\(repo)/", with: "/\(name)/")
      return LabAnswer(307, headers: [("Location", target)], body: .text("Temporary Redirect."))
    }
    return resolve(repo: repo, revision: parts[3], path: path, request)
  }

  private func resolve(
    repo: String, revision: String, path: String, _ request: LabServer.Request
  ) -> LabAnswer {
    let known = state.withLock { state in
      (
        entry: state.hubFiles[.init(repo: repo, revision: revision, path: path)]
          ?? state.hubFiles[.init(repo: repo, revision: "main", path: path)].flatMap {
            revision == Self.commit(repo, state.commits[repo] ?? 0) ? $0 : nil
          },
        newest: Self.commit(repo, state.commits[repo] ?? 0),
        hasRepo: state.hubFiles.keys.contains { $0.repo == repo },
        hasRevision: state.hubFiles.keys.contains { $0.repo == repo && $0.revision == revision }
      )
    }
    guard known.hasRepo else { return hubRefusal(401, "RepoNotFound", "Repository not found") }
    guard known.hasRevision || revision == known.newest else {
      return hubRefusal(404, "RevisionNotFound", "Invalid rev id: \(revision)")
    }
    guard let entry = known.entry else {
      return hubRefusal(404, "EntryNotFound", "Entry not found")
    }
    if let refusal = hubRefusal(entry.access, repo: repo, request) { return refusal }
    let isCommit = revision.utf8.count == 40
    return redirect(
      entry.file, repo: repo, path: path, commit: isCommit ? revision : known.newest)
  }

  private func hubRefusal(
    _ access: LabAccess, repo: String, _ request: LabServer.Request
  ) -> LabAnswer? {
    let token = request.headers["authorization"]
    switch access {
    case .open: return nil
    case .gated where token == nil:
      return hubRefusal(
        401, "GatedRepo",
        "Access to model \(repo) is restricted. You must have access to it and be authenticated "
          + "to access it. Please log in.")
    case .gated:
      return hubRefusal(
        403, "GatedRepo",
        "Access to model \(repo) is restricted and you are not in the authorized list. "
          + "Visit https://huggingface.co/\(repo) to ask for access.")
    case .requiresToken(let wanted) where token == "Bearer \(wanted)": return nil
    case .requiresToken where token != nil:
      return hubRefusal(401, nil, "Invalid credentials in Authorization header")
    case .privateRepo, .requiresToken:
      return hubRefusal(401, nil, "Invalid username or password.")
    case .disabled: return hubRefusal(403, nil, "Access to this resource is disabled.")
    case .rateLimited:
      return .json(
        429, "{}", headers: [("RateLimit", "\"resolvers\";r=0;t=2"), ("X-Request-Id", "lab")])
    case .broken: return .html(500, "<html>500</html>")
    default: return hubRefusal(404, "EntryNotFound", "Entry not found")
    }
  }

  private func redirect(
    _ file: LabFile, repo: String, path: String, commit: String
  ) -> LabAnswer {
    var headers = Self.hubHeaders + [("X-Repo-Commit", commit), ("Accept-Ranges", "bytes")]
    headers.append(("X-Linked-Size", "\(file.size)"))
    if file.faults.isGitFile {
      headers.append(("X-Linked-ETag", "\"\(file.gitSHA1)\""))
      headers.append(("Location", "/api/resolve-cache/models/\(repo)/\(commit)/\(path)"))
      return LabAnswer(307, headers: headers, body: .text("Temporary Redirect."))
    }
    if !file.faults.announceNoHash {
      headers.append(("X-Linked-ETag", "\"\(file.publishedSHA256)\""))
    } else {
      headers.append(("ETag", "\"\(file.contentTag.prefix(20))\""))
    }
    headers.append(("X-Xet-Hash", file.contentTag))
    headers.append(
      (
        "Link",
        "<\(address(.hub))/api/models/\(repo)/xet-read-token/\(commit)>; rel=\"xet-auth\", "
          + "<\(address(.content))/v1/reconstructions/\(file.contentTag)>; "
          + "rel=\"xet-reconstruction-info\""
      ))
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let link =
      signedLink(to: file, under: "/xet-bridge-us/66aabbccddeeff0011223344/\(file.contentTag)")
      + "&response-content-disposition=inline%3B+filename%3D%22\(name)%22"
    headers.append(("Location", address(.content) + link))
    return LabAnswer(302, headers: headers, body: .text("Found. Redirecting to \(link)"))
  }

  private func gitContent(_ parts: [String], _ request: LabServer.Request) -> LabAnswer {
    guard parts.count >= 7 else { return hubRefusal(404, "EntryNotFound", "Entry not found") }
    let repo = parts[3] + "/" + parts[4]
    let path = parts[6...].joined(separator: "/")
    let file = state.withLock { state in
      state.hubFiles.first { $0.key.repo == repo && $0.key.path == path }?.value.file
    }
    guard let file else { return hubRefusal(404, "EntryNotFound", "Entry not found") }
    var answer = LabAnswer.content(
      of: file, range: request.headers["range"].flatMap(LabRange.init), tag: file.gitSHA1,
      requestNumber: countContentRequest(file), open: 0)
    answer.headers += Self.hubHeaders + [("X-Repo-Commit", parts[5])]
    return answer
  }

  /// A path and query that leads to the file until its uses are spent.
  func signedLink(to file: LabFile, under path: String) -> String {
    let lifetime = file.faults.linkLifetime ?? 3600
    let expiry = Int((Date().timeIntervalSince1970 + lifetime).rounded(.up))
    return state.withLock { state in
      let key = "k\(state.links.count)"
      state.links[key] = .init(file: file)
      return
        "\(path)?X-Xet-Cas-Uid=public&Expires=\(expiry)"
        + "&Policy=e30_&Signature=\(key)&Key-Pair-Id=LAB"
    }
  }

  func countContentRequest(_ file: LabFile) -> Int {
    state.withLock { state in
      state.contentRequests[file.contentTag, default: 0] += 1
      return state.contentRequests[file.contentTag, default: 0]
    }
  }

  func hubRefusal(_ status: Int, _ code: String?, _ message: String) -> LabAnswer {
    var headers = Self.hubHeaders + [("X-Error-Message", message)]
    if let code { headers.append(("X-Error-Code", code)) }
    if status == 401 {
      headers.append(("WWW-Authenticate", "Bearer realm=\"Authentication required\""))
    }
    return .json(status, "{\"error\":\"\(message)\"}", headers: headers)
  }

  static func commit(_ repo: String, _ number: Int) -> String {
    let digits = repo.utf8.reduce(UInt64(number) &+ 7) { $0 &* 1_099_511_628_211 ^ UInt64($1) }
    let text = String(digits, radix: 16)
    return String((text + String(repeating: "c0ffee", count: 7)).prefix(40))
  }

  static let hubHeaders = [
    ("RateLimit", "\"resolvers\";r=2999;t=172"),
    ("RateLimit-Policy", "\"fixed window\";\"resolvers\";q=3000;w=300"),
    ("X-Request-Id", "Root=1-lab"), ("X-Powered-By", "huggingface-moon"),
    ("Vary", "Origin, Accept"), ("Access-Control-Allow-Origin", "https://huggingface.co"),
    (
      "Access-Control-Expose-Headers",
      "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,"
        + "Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash"
    ),
    ("X-HF-Warning", "unauthenticated; Set a token for higher limits."),
  ]
}

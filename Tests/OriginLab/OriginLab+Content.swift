import Foundation

/// The content hosts: what signed links lead to.
extension OriginLab {
  /// Hugging Face's: expired links are answered with 403.
  func contentAnswer(_ request: LabServer.Request) -> LabAnswer {
    guard let file = linkedFile(request) else {
      return LabAnswer(
        403, headers: [("Content-Type", "application/xml")],
        body: .text("<Error><Code>AccessDenied</Code></Error>"))
    }
    if file.faults.compressesWhereAllowed, request.headers["accept-encoding"] != "identity" {
      return LabAnswer(200, headers: [("Content-Encoding", "gzip")], body: .text("\u{1F}\u{8B}"))
    }
    return content(of: file, request)
  }

  /// Civitai's: a presigned link together with `Authorization` is a bad request, and links are
  /// signed for GET alone.
  func storageAnswer(_ request: LabServer.Request) -> LabAnswer {
    if request.headers["authorization"] != nil {
      return LabAnswer(400, body: .text("<Error><Code>InvalidRequest</Code></Error>"))
    }
    guard request.method == "GET", let file = linkedFile(request) else {
      return LabAnswer(403, body: .text("<Error><Code>ExpiredRequest</Code></Error>"))
    }
    return content(of: file, request)
  }

  private func content(of file: LabFile, _ request: LabServer.Request) -> LabAnswer {
    let open = request.method == "GET" ? changeOpenRequests(file, by: 1) : 0
    var answer = LabAnswer.content(
      of: file, range: request.headers["range"].flatMap(LabRange.init), tag: file.contentTag,
      requestNumber: countContentRequest(file), open: open)
    if case .file = answer.body, request.method == "GET" {
      answer.onEnd = { [weak self] in self?.changeOpenRequests(file, by: -1) }
    } else if request.method == "GET" {
      changeOpenRequests(file, by: -1)
    }
    return answer
  }

  @discardableResult
  private func changeOpenRequests(_ file: LabFile, by change: Int) -> Int {
    state.withLock { state in
      state.openRequests[file.contentTag, default: 0] += change
      return state.openRequests[file.contentTag, default: 0]
    }
  }

  private func linkedFile(_ request: LabServer.Request) -> LabFile? {
    guard let key = request.item("Signature") else { return nil }
    return state.withLock { state in
      guard var link = state.links[key] else { return nil }
      link.uses += 1
      state.links[key] = link
      let lifetime = link.file.faults.linkLifetimeInRequests ?? .max
      let hasExpired = link.file.faults.linkLifetime.map { link.made.timeIntervalSinceNow < -$0 }
      return link.uses <= lifetime && hasExpired != true ? link.file : nil
    }
  }
}

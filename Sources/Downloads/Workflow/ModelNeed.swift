import ComfyAPI

/// How a model that a workflow needs stands with a backend.
public struct ModelNeed: Sendable, Equatable {
  public enum Status: Sendable, Equatable {
    /// Where it stands: below the models root, or its name alone where nobody tells.
    case there(path: String)
    /// It is being downloaded, or waits for that.
    case queued(ModelReference)
    case fetchable(ModelReference)
    /// Why it cannot be had.
    case unknown(DownloadFailure)
  }

  public let model: NeededModel
  public let status: Status
  /// Where its content stands under another name, which its loader does not look for.
  public let contentPath: String?
  /// What to tell of it besides.
  public let remarks: [String]

  /// - Parameters:
  ///   - downloads: those that have not ended are under way.
  ///   - namesFiles: whether the backend can be told what to call a file.
  public init(
    _ model: NeededModel, stored: StoredModels, downloads: [Download], hosts: SourceHosts,
    isCloud: Bool, namesFiles: Bool
  ) {
    self.model = model
    status = Self.status(model, stored, downloads, hosts, isCloud, namesFiles)
    contentPath = stored.pathOfContent(model)
    remarks =
      model.remarks(hosts: hosts) + Self.linkOfNote(model, status)
      + Self.secondName(contentPath, status)
      + (namesFiles ? [] : Self.otherName(model, status))
  }

  private static func status(
    _ model: NeededModel, _ stored: StoredModels, _ downloads: [Download], _ hosts: SourceHosts,
    _ isCloud: Bool, _ namesFiles: Bool
  ) -> Status {
    if let path = stored.path(of: model) { return .there(path: path) }
    let source = model.source(hosts: hosts)
    // Its loader does not find it by another name. A backend that can gives it this one as well.
    if let path = stored.pathOfContent(model) {
      guard case .file = source, namesFiles else { return .there(path: path) }
    }
    switch source {
    case .refused(let failure): return .unknown(failure)
    case .none: return .unknown(noLink)
    case .file(let reference):
      let url = reference.canonicalURL
      let isQueued = downloads.contains {
        !$0.status.isTerminal && $0.url == url && $0.folder == model.folder?.name
      }
      if isQueued { return .queued(reference) }
      if isCloud, let refusal = CloudRules.refusal(of: reference, folder: model.folder) {
        return .unknown(refusal)
      }
      return .fetchable(reference)
    }
  }

  private static let noLink = DownloadFailure(
    code: "NO_LINK", message: "The workflow does not say where it can be had.")

  private static func linkOfNote(_ model: NeededModel, _ status: Status) -> [String] {
    guard case .fetchable = status, model.isLinkedByNote else { return [] }
    return ["The link stands in a note of the workflow."]
  }

  private static func secondName(_ contentPath: String?, _ status: Status) -> [String] {
    guard case .fetchable = status, let contentPath else { return [] }
    return ["It is there as \(contentPath), and gets this name too without being fetched."]
  }

  /// The file keeps its source's name, by which the workflow will not find it.
  private static func otherName(_ model: NeededModel, _ status: Status) -> [String] {
    guard case .fetchable(.huggingFace(let file)) = status, let wanted = model.fileName,
      let name = FileName.sanitized(file.path), name != wanted
    else { return [] }
    return ["It comes as \(name), which the workflow does not look for."]
  }
}

extension ModelNeed {
  /// What queues it; nil unless it can be fetched.
  public func submission(tags: [String] = []) -> Submission? {
    guard case .fetchable(let reference) = status else { return nil }
    // Content that is there keeps its name unless another is asked for.
    let isNamedBySource = reference.provisionalName == model.fileName && contentPath == nil
    return Submission(
      url: reference.canonicalURL, tags: tags, folder: model.folder,
      fileName: isNamedBySource ? nil : model.fileName)
  }

  /// Whether nothing is left to do for it.
  public var isSettled: Bool {
    switch status {
    case .there, .queued: true
    case .fetchable, .unknown: false
    }
  }

  /// Everything as programs read it.
  public var json: JSONValue {
    var fields: [String: JSONValue] = [
      "name": .string(model.name), "folder": .optional(model.folder?.name),
      "url": .null, "path": .null, "reason": .null, "hash": .optional(model.hashes.first),
      "active": .bool(model.isActive), "remarks": .array(remarks.map(JSONValue.string)),
      "nodes": .array(
        model.nodes.map { .object(["id": .string($0.id), "type": .string($0.type)]) }),
    ]
    switch status {
    case .there(let path):
      fields["status"] = "there"
      fields["path"] = .string(path)
    case .queued(let reference):
      fields["status"] = "queued"
      fields["url"] = .string(reference.canonicalURL)
    case .fetchable(let reference):
      fields["status"] = "fetchable"
      fields["url"] = .string(reference.canonicalURL)
    case .unknown(let failure):
      fields["status"] = "unknown"
      fields["reason"] = .string(PlainText.sanitized(failure.message))
    }
    return .object(fields)
  }
}

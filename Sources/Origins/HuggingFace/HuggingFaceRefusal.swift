import Downloads
import Transport

/// The hub's "no", read in the order in which huggingface_hub reads it (`hf_raise_for_status`).
struct HuggingFaceRefusal {
  /// The code of an answer to a token that the hub does not know.
  static let refusedToken = "INVALID_TOKEN"
  /// The code of an answer that the repository has no such file, until it is translated.
  static let missingEntry = "ENTRY_NOT_FOUND"

  private let status: Int
  private let code: String?
  private let message: String?
  private let retryAfter: Double?
  private let repository: HuggingFaceRepository
  /// What is missing where something is: a file or a directory.
  private let path: String
  private let endpoint: HTTPURL
  private let sentToken: Bool

  init(
    _ response: HTTPResponse, _ repository: HuggingFaceRepository, path: String,
    at endpoint: HTTPURL,
    sentToken: Bool
  ) {
    status = response.status
    code = response.headers["X-Error-Code"]
    message =
      response.headers["X-Error-Message"].flatMap(SourceMessage.shown)
      ?? SourceMessage.text(response.body)
    retryAfter = RetryAfter.seconds(response.headers)
    self.repository = repository
    self.path = path
    self.endpoint = endpoint
    self.sentToken = sentToken
  }

  var error: OriginError {
    switch code {
    case "RevisionNotFound":
      return missing("\(repository.name) has no revision \(repository.revision).")
    case "EntryNotFound":
      return missing("\(repository.name) has no file \(path).", code: Self.missingEntry)
    case "GatedRepo": return gated
    default: break
    }
    if message == "Access to this resource is disabled." {
      return OriginError(
        "ACCESS_FORBIDDEN", "Hugging Face has disabled \(repository.name).", .giveUp)
    }
    if status == 401, message == "Invalid credentials in Authorization header" {
      return OriginError(
        Self.refusedToken, "Hugging Face does not accept the token.",
        hint: "Make a new one at \(endpoint.originText)/settings/tokens and set HF_TOKEN.",
        .needsUser)
    }
    if code == "RepoNotFound" || status == 401 { return missingOrPrivate }
    return OriginError.status(status, host: endpoint.host, retryAfter: retryAfter)
  }

  private var gated: OriginError {
    let page = repository.page(at: endpoint)
    guard sentToken else {
      return OriginError(
        "UNAUTHORIZED_SOURCE", "\(repository.name) is only for those who accepted its terms.",
        hint:
          "Accept them at \(page), then set HF_TOKEN. A running engine sees it after winch stop.",
        .needsUser)
    }
    return OriginError(
      "ACCESS_FORBIDDEN", "This token's owner has no access to \(repository.name).",
      hint: "Ask for it at \(page), then retry.", .needsUser)
  }

  private var missingOrPrivate: OriginError {
    guard sentToken else {
      return OriginError(
        "UNAUTHORIZED_SOURCE", "\(repository.name) does not exist, or is private.",
        hint: "Check the name; for a private one, set HF_TOKEN.", .needsUser)
    }
    return OriginError(
      "RESOURCE_NOT_FOUND",
      "\(repository.name) does not exist, or this token may not read it.",
      hint: "Check the name and what the token may read.", .needsUser)
  }

  private func missing(_ message: String, code: String = "RESOURCE_NOT_FOUND") -> OriginError {
    OriginError(
      code, PlainText.sanitized(message),
      hint: "Check the link on the repository's page.", .giveUp)
  }
}

extension OriginError {
  /// A missing file in the contract's code, with the names that were probably meant.
  func naming(nearest names: [String]) -> OriginError {
    var error = self
    error.failure.code = "RESOURCE_NOT_FOUND"
    guard !names.isEmpty else { return error }
    error.failure.hint =
      "Did you mean " + names.map { PlainText.sanitized($0) }.joined(separator: ", ") + "?"
    return error
  }
}

import Downloads
import Transport

/// The hub's "no", read in the order in which huggingface_hub reads it (`hf_raise_for_status`).
struct HuggingFaceRefusal {
  /// The code of an answer to a token that the hub does not know.
  static let refusedToken = "INVALID_TOKEN"

  private let status: Int
  private let code: String?
  private let message: String?
  private let retryAfter: Double?
  private let file: HuggingFaceFile
  private let sentToken: Bool

  init(_ response: HTTPResponse, file: HuggingFaceFile, sentToken: Bool) {
    status = response.status
    code = response.headers["X-Error-Code"]
    message =
      response.headers["X-Error-Message"].flatMap(SourceMessage.shown)
      ?? SourceMessage.text(response.body)
    retryAfter = RetryAfter.seconds(response.headers)
    self.file = file
    self.sentToken = sentToken
  }

  var error: OriginError {
    switch code {
    case "RevisionNotFound": return missing("\(file.repository) has no revision \(file.revision).")
    case "EntryNotFound": return missing("\(file.repository) has no file \(file.path).")
    case "GatedRepo": return gated
    default: break
    }
    if message == "Access to this resource is disabled." {
      return OriginError(
        "ACCESS_FORBIDDEN", "Hugging Face has disabled \(file.repository).", .giveUp)
    }
    if status == 401, message == "Invalid credentials in Authorization header" {
      return OriginError(
        Self.refusedToken, "Hugging Face does not accept the token.",
        hint: "Make a new one at \(host)/settings/tokens and set HF_TOKEN.", .needsUser)
    }
    if code == "RepoNotFound" || status == 401 { return missingOrPrivate }
    return OriginError.status(status, host: file.url.host, retryAfter: retryAfter)
  }

  private var gated: OriginError {
    let page = "\(host)/\(file.repository)"
    guard sentToken else {
      return OriginError(
        "UNAUTHORIZED_SOURCE", "\(file.repository) is only for those who accepted its terms.",
        hint: "Accept them at \(page), then set HF_TOKEN.", .needsUser)
    }
    return OriginError(
      "ACCESS_FORBIDDEN", "This token's owner has no access to \(file.repository).",
      hint: "Ask for it at \(page), then retry.", .needsUser)
  }

  private var missingOrPrivate: OriginError {
    guard sentToken else {
      return OriginError(
        "UNAUTHORIZED_SOURCE", "\(file.repository) does not exist, or is private.",
        hint: "Check the name; for a private one, set HF_TOKEN.", .needsUser)
    }
    return OriginError(
      "RESOURCE_NOT_FOUND",
      "\(file.repository) does not exist, or this token may not read it.",
      hint: "Check the name and what the token may read.", .needsUser)
  }

  private func missing(_ message: String) -> OriginError {
    OriginError(
      "RESOURCE_NOT_FOUND", PlainText.sanitized(message),
      hint: "Check the link on the repository's page.", .giveUp)
  }

  private var host: String { file.url.originText }
}

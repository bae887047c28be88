import Downloads
import Transport

/// Civitai's "no": the status and the words of `{"error": …, "message": …}`.
struct CivitaiRefusal {
  private let status: Int
  private let kind: String?
  private let message: String?
  private let retryAfter: Double?
  private let page: HTTPURL
  private let sentKey: Bool

  /// - Parameter page: the link that was asked about.
  init(_ response: HTTPResponse, page: HTTPURL, sentKey: Bool) {
    status = response.status
    kind = SourceMessage.error(response.body)
    message = SourceMessage.text(response.body)
    retryAfter = RetryAfter.seconds(response.headers)
    self.page = page
    self.sentKey = sentKey
  }

  var error: OriginError {
    switch status {
    case 200: return Self.login(sentKey: sentKey)
    case 404:
      return OriginError(
        "RESOURCE_NOT_FOUND", "Civitai has nothing at \(page.path).",
        hint: "Copy the link again from the model's page; it may have been unpublished.", .giveUp)
    case 410:
      return OriginError(
        "RESOURCE_NOT_FOUND", "This model is archived: Civitai does not give it out any more.",
        .giveUp)
    case 401 where message?.contains("disabled downloads") == true:
      return OriginError(
        "ACCESS_FORBIDDEN", "The creator has disabled downloads of this file.", .giveUp)
    case 401: return Self.login(sentKey: sentKey)
    case 403 where kind == "Early Access":
      return OriginError(
        "ACCESS_FORBIDDEN", "This version is in early access.",
        hint: "Buy access on its page, or wait until it is public.", .needsUser)
    case 403 where sentKey:
      return OriginError(
        "ACCESS_FORBIDDEN", "Civitai: \(message ?? "Forbidden").",
        hint: "Check on its page that your account may download it.", .needsUser)
    case 403 where kind == "Forbidden":
      return OriginError(
        "ACCESS_FORBIDDEN", "Civitai refuses this machine, or wants an API key.",
        hint: "Make a key at https://civitai.com/user/account and set CIVITAI_API_TOKEN.",
        .needsUser)
    case 451:
      return OriginError(
        "ACCESS_FORBIDDEN", "Civitai does not serve the region of this machine.", .giveUp)
    case 429:
      return OriginError(
        "RATE_LIMITED", "Civitai asks for fewer downloads.", .retry(after: retryAfter))
    default:
      return OriginError.status(status, host: page.host, retryAfter: retryAfter)
    }
  }

  /// Only those who are logged in get it; a page in place of a redirect means the same.
  static func login(sentKey: Bool) -> OriginError {
    guard sentKey else {
      return OriginError(
        "UNAUTHORIZED_SOURCE", "Civitai gives this file only to those who are logged in.",
        hint: "Make an API key at https://civitai.com/user/account and set CIVITAI_API_TOKEN.",
        .needsUser)
    }
    return OriginError(
      "UNAUTHORIZED_SOURCE", "Civitai does not accept the API key for this file.",
      hint: "Make a new key at https://civitai.com/user/account and set CIVITAI_API_TOKEN.",
      .needsUser)
  }
}

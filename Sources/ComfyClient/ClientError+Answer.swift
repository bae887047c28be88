import ComfyAPI
import Foundation
import Transport

extension ClientError {
  /// The error of an answer that is no success, read from either shape of the error body.
  init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
    let kind = Self.kind(of: status, retryAfter: headers["Retry-After"])
    guard !(300..<400).contains(status) else {
      self = .redirected(status: status, to: headers["Location"])
      return
    }
    guard let response = try? WireFormat.decode(ErrorResponse.self, from: body) else {
      self.init(kind: kind, status: status)
      return
    }
    self.init(
      kind: kind, code: response.code, message: response.message,
      hint: response.details?["hint"]?.string)
  }

  /// The error of an answer whose body says nothing, such as a proxy's page.
  init(kind: Kind, status: Int) {
    let isRedirect = (300..<400).contains(status)
    self.init(
      kind: kind, code: "HTTP_\(status)",
      message: isRedirect
        ? "The backend points to another address, where no key is sent."
        : "The backend answered with status \(status).",
      hint: isRedirect ? "Check the backend's address." : nil)
  }

  static func kind(of status: Int, retryAfter: String? = nil) -> Kind {
    switch status {
    case 401: .unauthorized
    case 403: .forbidden
    case 404: .notFound
    case 429: .rateLimited(after: retryAfter.flatMap(seconds))
    case 500...: .serverFault(status: status, after: retryAfter.flatMap(seconds))
    default: .refused(status: status)
    }
  }

  /// Only the form in seconds is read; a date would depend on two clocks agreeing.
  private static func seconds(_ text: String) -> Double? {
    guard let value = Double(text), value.isFinite, value >= 0 else { return nil }
    return value
  }

  /// The error of a request that got no whole answer.
  init(_ error: TransportError) {
    switch error.kind {
    case .cancelled:
      self.init(kind: .cancelled, code: "REQUEST_CANCELLED", message: "The request was cancelled.")
    case .bodyTooLarge:
      self.init(
        kind: .malformed, code: "ANSWER_TOO_LARGE",
        message: "The backend's answer could not be read: \(error.message).")
    case .invalidURL, .invalidRequest:
      self = .invalidBackendURL
    default:
      self.init(
        kind: .unreachable, code: "BACKEND_UNREACHABLE",
        message: "The backend could not be reached: \(error.message).", hint: Self.remedy(error))
    }
    wasNeverSent = [.couldNotConnect, .couldNotResolve, .tls].contains(error.kind)
  }

  /// What can be done about a request that got no answer; nil where waiting is all.
  private static func remedy(_ error: TransportError) -> String? {
    switch error.kind {
    case .couldNotResolve:
      "Check the backend's address and this machine's network."
    case .couldNotConnect:
      "Check that the backend runs and that no firewall or proxy is in between."
    case .tls:
      "Check this machine's clock, and name a private authority with CURL_CA_BUNDLE."
    default: nil
    }
  }

  /// The error of an answer whose status is right and whose body is not the contract's.
  init(_ error: WireError) {
    self.init(
      kind: .malformed, code: "MALFORMED_ANSWER",
      message: "The backend's answer could not be read: \(error.message)")
  }

  /// The error of a redirect. It is not followed: a key belongs to the configured address alone.
  private static func redirected(status: Int, to location: String?) -> ClientError {
    let host = location.flatMap { URLComponents(string: $0)?.host }
    return ClientError(
      kind: .refused(status: status), code: "HTTP_\(status)",
      message: "The backend sends its callers on to \(host ?? "another address"), and Winch does"
        + " not follow with a key.",
      hint: "If that is the right address, configure it as the backend's URL.")
  }

  static let invalidBackendURL = ClientError(
    kind: .malformed, code: "INVALID_BACKEND_URL",
    message: "The backend's address is not an http or https URL.",
    hint: "Give it as https://host or http://127.0.0.1:port.")

  static let insecureBackend = ClientError(
    kind: .forbidden, code: "INSECURE_BACKEND",
    message: "The key is not sent over plain http to another machine.",
    hint: "Use https, or an SSH tunnel to a port of this machine.")
}

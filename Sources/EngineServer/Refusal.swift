import ComfyAPI
import HTTPTypes

/// A request that is answered with an error by the server itself, before any engine is asked.
struct Refusal: Error {
  var status: HTTPResponse.Status
  var response: ErrorResponse
  var headers = HTTPFields()

  init(
    _ status: HTTPResponse.Status, _ code: String, _ message: String,
    details: [String: JSONValue]? = nil
  ) {
    self.status = status
    response = ErrorResponse(code: code, message: message, details: details)
  }

  /// A parameter or field that cannot be used, named so that a program can point at it.
  static func invalid(
    _ field: String, _ message: String, status: HTTPResponse.Status = .badRequest,
    code: String = "INVALID_PARAMETER"
  ) -> Refusal {
    Refusal(status, code, message, details: field.isEmpty ? nil : ["field": .string(field)])
  }

  static let unknownPath = Refusal(.notFound, "NOT_FOUND", "There is nothing at this path.")

  static let bodyTooLarge = Refusal(
    .contentTooLarge, "BODY_TOO_LARGE", "The request body is larger than 1 MiB.")

  static let internalError = Refusal(
    .internalServerError, "INTERNAL_ERROR", "The engine ran into an unexpected error.")

  static func wrongMethod(allowed: [HTTPRequest.Method]) -> Refusal {
    let names = allowed.allowText
    var refusal = Refusal(
      .methodNotAllowed, "METHOD_NOT_ALLOWED", "This path takes only: \(names).")
    refusal.headers[.allow] = names
    return refusal
  }
}

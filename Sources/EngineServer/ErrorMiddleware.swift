import ComfyAPI
import Engine
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Turns every error of a route into the contract's error body; the only place that does.
struct ErrorMiddleware: RouterMiddleware {
  typealias Context = BasicRequestContext

  let logger: Logger

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPParserError {
      // The connection is answered and closed below the routes: its bytes are no HTTP.
      throw error
    } catch {
      let answer = try Response(refusal(for: error))
      // A body after the head of a HEAD request would be taken for the next answer.
      return request.method == .head ? answer.createHeadResponse() : answer
    }
  }

  private func refusal(for error: any Error) -> Refusal {
    switch error {
    case let refusal as Refusal: return refusal
    case let error as EngineError: return refusal(for: error)
    case is NIOTooManyBytesError: return .bodyTooLarge
    // The router throws this when no route matches.
    case let error as HTTPError where error.status == .notFound: return .unknownPath
    default:
      logger.error("A request failed.", metadata: ["error": "\(error)"])
      return .internalError
    }
  }

  private func refusal(for error: EngineError) -> Refusal {
    guard let status = HTTPResponse.Status(error.kind) else {
      // Its text may tell of paths and of the database, which is nobody's business outside.
      logger.error("The engine failed.", metadata: ["error": "\(error.response.message)"])
      return .internalError
    }
    let response = error.response
    return Refusal(status, response.code, response.message, details: response.details)
  }
}

extension Response {
  /// The contract's error body.
  init(_ refusal: Refusal) throws {
    self = try .json(refusal.response, status: refusal.status)
    headers.append(contentsOf: refusal.headers)
  }
}

extension HTTPResponse.Status {
  /// Nil for an internal error.
  fileprivate init?(_ kind: EngineError.Kind) {
    switch kind {
    case .invalidRequest: self = .badRequest
    case .notFound: self = .notFound
    case .conflict: self = .conflict
    case .unprocessable: self = .unprocessableContent
    case .unavailable: self = .serviceUnavailable
    case .internalError: return nil
    }
  }
}

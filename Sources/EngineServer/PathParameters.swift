import Foundation
import Hummingbird

extension BasicRequestContext {
  /// A part of the path, decoded.
  ///
  /// - Throws: 400 for broken percent-encoding and for a NUL.
  func text(_ name: String) throws -> String {
    let text = try parameters.require(name).removingPercentEncoding
    guard let text, !text.utf8.contains(0) else {
      throw Refusal.invalid(name, "The path is not properly percent-encoded.")
    }
    return text
  }

  /// What the path names by its UUID, in lower case.
  ///
  /// - Throws: 400 for what is no UUID.
  func id(_ name: String) throws -> String {
    guard let id = UUID(uuidString: try text(name)) else {
      throw Refusal.invalid(name, "'\(name)' should be a UUID.")
    }
    return id.uuidString.lowercased()
  }
}

/// Gives 404 for paths with empty parts.
///
/// The router passes over empty parts, so that `/api/tasks/` of a client that lost its id would be
/// the list of all tasks.
struct EmptyPathPartMiddleware: RouterMiddleware {
  typealias Context = BasicRequestContext

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    guard !path.hasSuffix("/"), !path.contains("//") else { throw Refusal.unknownPath }
    return try await next(request, context)
  }
}

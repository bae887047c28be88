import HTTPTypes
import Hummingbird

extension Router<BasicRequestContext> {
  private static var methods: [HTTPRequest.Method] {
    [.get, .head, .post, .put, .patch, .delete, .options, .trace]
  }

  /// Adds a path with all its methods: `HEAD` where there is `GET`, `OPTIONS`, and 405 for the rest.
  func path(_ path: RouterPath, _ handlers: [HTTPRequest.Method: Routes.Handler]) {
    var answering = handlers
    if let get = handlers[.get], handlers[.head] == nil {
      answering[.head] = { try await get($0, $1).createHeadResponse() }
    }
    let allowed = Array(answering.keys) + [.options]
    answering[.options] = { _, _ in
      Response(status: .noContent, headers: [.allow: allowed.allowText])
    }
    for method in Self.methods {
      let handler = answering[method]
      on(path, method: method) { request, context -> Response in
        guard let handler else { throw Refusal.wrongMethod(allowed: allowed) }
        return try await handler(request, context)
      }
    }
  }

  /// Adds a path of the contract that an engine does not serve: 404 that says why.
  func unserved(_ path: RouterPath, because reason: String) {
    for method in Self.methods {
      on(path, method: method) { _, _ -> Response in
        throw Refusal(.notFound, "NOT_FOUND", reason)
      }
    }
  }
}

extension [HTTPRequest.Method] {
  /// The value of an `Allow` header.
  var allowText: String { map(\.rawValue).sorted().joined(separator: ", ") }
}

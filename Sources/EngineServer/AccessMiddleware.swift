import Hummingbird

/// Lets only requests through that the policy allows; without a policy, all.
struct AccessMiddleware: RouterMiddleware {
  typealias Context = BasicRequestContext

  let policy: AccessPolicy?

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    try policy?.check(request.head)
    return try await next(request, context)
  }
}

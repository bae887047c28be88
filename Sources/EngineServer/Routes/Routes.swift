import ComfyAPI
import Hummingbird
import Logging

/// The paths of the contract, and what stands behind them.
struct Routes: Sendable {
  typealias Handler = @Sendable (Request, BasicRequestContext) async throws -> Response

  static let webSocketPath = "/ws"
  /// Bytes of a request body; the contract's are a few hundred.
  static let largestBody = 1 << 20

  let engine: any ServedEngine
  let logger: Logger
  let onShutdown: @Sendable () -> Void

  var router: Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: ErrorMiddleware(logger: logger))
    router.add(middleware: EmptyPathPartMiddleware())
    addAssets(to: router)
    addTasks(to: router)
    addLibrary(to: router)
    addSecrets(to: router)
    addWinch(to: router)
    addUnserved(to: router)
    return router
  }
}

extension Routes {
  /// The body as a value of the contract.
  ///
  /// - Throws: 400 that names the field, 413 for a body beyond the limit.
  static func body<Value: ContractRequest>(
    _ type: Value.Type, of request: Request
  ) async throws -> Value {
    let body = try await request.body.collect(upTo: largestBody)
    do {
      return try WireFormat.decodeRequest(type, from: body.readableBytesView)
    } catch {
      throw Refusal.invalid(error.field, error.message, code: "INVALID_BODY")
    }
  }
}

extension Response {
  /// A contract value as an answer.
  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try WireFormat.encode(value))))
  }
}

import ComfyAPI
import Downloads

/// Why the engine refused a call, ready to be sent as the contract's error body.
public struct EngineError: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// The request itself is wrong (400).
    case invalidRequest
    /// There is no such task (404).
    case notFound
    /// The task is in a state that forbids it (409).
    case conflict
    /// The request is well formed but cannot be carried out (422).
    case unprocessable
    /// Another engine holds the database (503).
    case unavailable
    /// The engine's own fault, such as a database that cannot be written (500).
    case internalError
  }

  public var kind: Kind
  public var response: ErrorResponse

  public init(kind: Kind, response: ErrorResponse) {
    self.kind = kind
    self.response = response
  }
}

extension EngineError {
  /// - Parameter field: the parameter or field of the request that is to blame, if one is.
  init(
    _ kind: Kind, code: String, message: String, field: String? = nil, hint: String? = nil
  ) {
    var details: [String: JSONValue] = [:]
    details["field"] = field.map(JSONValue.string)
    details["hint"] = hint.map(JSONValue.string)
    self.init(
      kind: kind,
      response: ErrorResponse(
        code: code, message: message, details: details.isEmpty ? nil : details))
  }

  init(_ kind: Kind, _ failure: DownloadFailure, field: String? = nil) {
    self.init(
      kind, code: failure.code, message: failure.message, field: field, hint: failure.hint)
  }

  static func noTask(_ id: String) -> EngineError {
    EngineError(
      .notFound, code: "TASK_NOT_FOUND",
      message: "There is no task \(PlainText.sanitized(String(id.prefix(64)))).")
  }

  static func noAsset(_ id: String) -> EngineError {
    EngineError(
      .notFound, code: "ASSET_NOT_FOUND",
      message: "There is no asset \(PlainText.sanitized(String(id.prefix(64)))).")
  }

  /// A failure of the database or of a file, whose own words may name paths but no secrets.
  static func internalError(_ cause: any Error) -> EngineError {
    EngineError(.internalError, code: "INTERNAL_ERROR", message: "\(cause)")
  }

  /// Runs database work and turns whatever it throws into an `EngineError`.
  static func translating<Value>(_ work: () throws -> Value) throws(EngineError) -> Value {
    do {
      return try work()
    } catch {
      throw EngineError(any: error)
    }
  }

  /// As the other, for work that waits; it stays on the caller's actor.
  static func translating<Value>(
    isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Value
  ) async throws(EngineError) -> Value {
    do {
      return try await work()
    } catch {
      throw EngineError(any: error)
    }
  }

  private init(any error: any Error) {
    self =
      switch error {
      case let error as EngineError: error
      case let error as FolderInUse: EngineError(.unavailable, error.failure)
      case let error as ModelsRootGone: EngineError(.unavailable, error.failure)
      default: .internalError(error)
      }
  }
}

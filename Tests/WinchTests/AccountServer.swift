import Foundation
import Synchronization

@testable import OriginLab

/// Plays the part of Comfy Cloud that knows who a key belongs to, on loopback.
final class AccountServer: Sendable {
  static let key = "comfyui-SECRET0123456789"
  static let workspace = "ws-1"

  private let server: LabServer
  private let seen = Mutex<[LabServer.Request]>([])

  private init(_ server: LabServer) { self.server = server }

  /// Runs a body against a server that is gone afterwards.
  ///
  /// - Parameter location: every request is sent on to there; nil answers it.
  static func withRunning(
    redirectingTo location: String? = nil, _ body: (AccountServer) async throws -> Void
  ) async throws {
    let account = AccountServer(try await LabServer.start())
    account.server.setHandler { account.answer($0, location) }
    do {
      try await body(account)
    } catch {
      await account.server.stop()
      throw error
    }
    await account.server.stop()
  }

  var address: String { "http://127.0.0.1:\(server.port)" }

  /// The value of a header in each request so far.
  func received(_ header: String) -> [String?] {
    seen.withLock { $0.map { $0.headers[header.lowercased()] } }
  }

  private func answer(_ request: LabServer.Request, _ location: String?) -> LabAnswer {
    seen.withLock { $0.append(request) }
    if let location { return LabAnswer(308, headers: [("Location", location + request.path)]) }
    guard request.headers["x-api-key"] == Self.key else {
      return .json(401, #"{"code":"UNAUTHORIZED","message":"Bad key."}"#)
    }
    guard [nil, Self.workspace].contains(request.headers["x-comfy-workspace-id"]) else {
      return .json(400, #"{"code":"workspace_id_invalid","message":""}"#)
    }
    switch request.path {
    case "/api/user": return .json(200, #"{"id":"u-1","status":"active"}"#)
    case "/api/features": return .json(200, "{}")
    case "/api/assets/download":
      return .json(422, #"{"code":"USER_TOKEN_INVALID","message":""}"#)
    case "/api/tasks":
      return .json(
        200, #"{"tasks":[],"pagination":{"offset":0,"limit":100,"total":0,"has_more":false}}"#)
    default: return .json(404, #"{"code":"NOT_FOUND","message":"No such page."}"#)
    }
  }
}

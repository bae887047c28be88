import NIOCore

/// Why the server does not listen.
public struct EngineServerError: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Another engine answers at the same address: use that one.
    case alreadyRunning
    /// The address cannot be used; the user must choose another or repair it.
    case cannotListen
  }

  public var kind: Kind
  /// One sentence for people.
  public var message: String

  static func alreadyRunning(_ path: String) -> EngineServerError {
    EngineServerError(kind: .alreadyRunning, message: "An engine is already running at \(path).")
  }

  static func cannotListen(_ message: String) -> EngineServerError {
    EngineServerError(kind: .cannotListen, message: message)
  }

  static let noKey = cannotListen("A key is required to listen on a TCP port.")
}

extension EngineServerError {
  /// From what the server's library throws when it cannot bind or ends on its own.
  init(listening error: any Error) {
    if let error = error as? IOError {
      self = .cannotListen("The engine cannot listen: \(systemMessage(error.errnoCode)).")
    } else {
      self = .cannotListen("The engine's server ended: \(error).")
    }
  }
}

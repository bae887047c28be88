import ComfyAPI
import Foundation

/// All downloads and the backend's health at one moment: what the screen draws.
public struct BoardSnapshot: Sendable, Equatable {
  /// In the order they were queued, oldest first.
  public var downloads: [Download]
  public var backend: BackendState

  public init(downloads: [Download] = [], backend: BackendState) {
    self.downloads = downloads
    self.backend = backend
  }
}

/// How the backend stands.
public struct BackendState: Sendable, Equatable {
  public enum Connection: Sendable, Equatable {
    case connecting
    case online
    /// Not reachable; the text says why, for people.
    case offline(String)
    /// It answers, and takes nothing from this account or address until the user does something.
    case refused(DownloadFailure)
  }

  /// `local`, `cloud`, or the address without secrets.
  public var name: String
  public var connection: Connection
  /// Bytes free below the models root; nil where the backend does not tell.
  public var freeBytes: Int64?
  /// Absolute path on the backend's machine; nil where it does not tell.
  public var modelsRoot: String?

  /// What the backend can do beyond the contract.
  public var abilities: Set<Ability>
  /// What all transfers together may take in bytes per second; nil for no limit.
  public var limit: Int64?
  /// Hosts that are left alone for now.
  public var waitingHosts: [WaitingHost]
  /// For what on the models' disk downloads wait; nil while none does.
  public var diskWait: String?

  /// What `GET /api/features` announces under `winch`, by the names it has there.
  public enum Ability: String, Sendable, CaseIterable {
    case retry, pause, move, limits, trace, verify, repair
    case taskLimits = "task_limits"
    case deletePartial = "delete_partial"
    case deleteFile = "delete_file"
    case nameFile = "filename"
    case expectHash = "expected_hash"
    case scanLibrary = "library_scan"
  }

  public init(
    name: String, connection: Connection = .connecting, freeBytes: Int64? = nil,
    modelsRoot: String? = nil, abilities: Set<Ability> = [], limit: Int64? = nil,
    waitingHosts: [WaitingHost] = []
  ) {
    self.name = name
    self.connection = connection
    self.freeBytes = freeBytes
    self.modelsRoot = modelsRoot
    self.abilities = abilities
    self.limit = limit
    self.waitingHosts = waitingHosts
  }
}

extension BackendState {
  /// The path as a shell on the backend's machine takes it: `models/…` is below the models root, where
  /// that is known.
  public func fullPath(_ path: String) -> String {
    guard let modelsRoot, path.hasPrefix("models/") else { return path }
    return modelsRoot + "/" + path.dropFirst("models/".count)
  }
}

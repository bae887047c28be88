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

  public init(
    name: String, connection: Connection = .connecting, freeBytes: Int64? = nil,
    modelsRoot: String? = nil
  ) {
    self.name = name
    self.connection = connection
    self.freeBytes = freeBytes
    self.modelsRoot = modelsRoot
  }
}

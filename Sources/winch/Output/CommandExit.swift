import ArgumentParser
import ComfyClient
import Downloads
import Foundation
import Interface
import Model

/// The status a command ends with, after BSD's `sysexits.h`.
enum ExitStatus: Int32 {
  case done = 0
  /// A download failed or is unverified.
  case downloadFailed = 1
  case usage = 64
  case badInput = 65
  case unavailable = 69
  case cannotWrite = 73
  case notAllowed = 77
  case interrupted = 130

  /// With the end of one more of several things: what cannot be written is told apart where it is all
  /// that went wrong.
  func joined(with other: ExitStatus) -> ExitStatus {
    if other == .done { return self }
    return other == .cannotWrite && [.done, .cannotWrite].contains(self)
      ? .cannotWrite : .downloadFailed
  }

  /// With one more thing that failed; nil where nobody has told why.
  func joined(with failure: DownloadFailure?) -> ExitStatus {
    joined(with: failure.map { CommandExit($0).status } ?? .downloadFailed)
  }
}

/// The end of a command: its status, and what to say on standard error.
struct CommandExit: Error {
  let status: ExitStatus
  var lines: [String] = []

  init(_ status: ExitStatus, _ lines: String...) {
    self.status = status
    self.lines = lines
  }

  init(_ status: ExitStatus, _ failure: DownloadFailure) {
    self.status = status
    lines = [failure.message] + (failure.hint.map { [$0] } ?? [])
  }

  /// Translates a backend's refusal.
  init(_ error: ClientError) {
    self.init(Self.status(of: error), DownloadFailure(error))
  }

  /// Translates a failure to the status that fits its code.
  init(_ failure: DownloadFailure) {
    self.init(Self.status(ofCode: failure.code), FailureWords.completing(failure))
  }

  /// A list cannot be chosen as it was asked for.
  init(_ mistake: ListMistake) {
    status = .usage
    lines = mistake.lines
  }

  func leave() -> Never {
    for line in lines { StandardError.write(line) }
    Foundation.exit(status.rawValue)
  }

  private static func status(of error: ClientError) -> ExitStatus {
    switch error.kind {
    case .unauthorized, .forbidden: .notAllowed
    case .refused where error.code == "workspace_id_invalid": .notAllowed
    case .cancelled: .interrupted
    default: .unavailable
    }
  }

  private static func status(ofCode code: String) -> ExitStatus {
    switch code {
    case "INVALID_URL", "UNSUPPORTED_SOURCE", "INVALID_METADATA", "INVALID_ENDPOINT",
      "INVALID_CONFIG", "INVALID_WORKFLOW", "INVALID_MANIFEST":
      .badInput
    case "JOURNAL_UNAVAILABLE", "CANNOT_WRITE": .cannotWrite
    case "UNAUTHORIZED", "FORBIDDEN", "HTTP_401", "HTTP_403", "INSECURE_BACKEND", "INVALID_KEY",
      "CREDENTIALS_EXPOSED", "HTTP_402", "workspace_access_denied", "no_workspace_access",
      "workspace_id_invalid", "sso_required", "auth_type_not_allowed":
      .notAllowed
    case "BACKEND_UNREACHABLE", "ENGINE_NOT_STARTED", "ENGINE_ALREADY_RUNNING", "UNREACHABLE",
      "ENGINE_SILENT", "DATABASE_UNAVAILABLE":
      .unavailable
    default: .downloadFailed
    }
  }
}

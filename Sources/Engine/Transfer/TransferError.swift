import ComfyAPI
import Downloads
import Foundation
import GRDB
import Origins
import Transport

/// Why an attempt ended, and what helps.
struct TransferError: Error, Sendable {
  enum Remedy: Sendable, Equatable {
    /// It may pass; seconds the server asked to wait.
    case retry(after: Double?)
    /// The link to the bytes has run out: ask the source for a new one.
    case resolveAgain
    /// The bytes are not the file that was announced: keep them away from the next attempt.
    case reject
    /// Something is in the way: nothing is wrong with the transfer, and it goes on when that has passed.
    case wait(QueueObstacle)
    /// Someone must do something first.
    case none
  }

  let failure: DownloadFailure
  let remedy: Remedy
  /// The hashes, when the received content is not what the source publishes.
  let mismatch: HashMismatch?

  init(_ failure: DownloadFailure, _ remedy: Remedy, mismatch: HashMismatch? = nil) {
    self.failure = failure
    self.remedy = remedy
    self.mismatch = mismatch
  }
}

extension TransferError {
  /// Sorts any error that an attempt can end with.
  init(_ error: any Error) {
    switch error {
    case let error as TransferError: self = error
    case let error as OriginError: self.init(error.failure, Remedy(error.advice))
    case let error as TransportError: self.init(transport: error)
    case let error as LinkRefused: self.init(TransferError(error.refusal).failure, .none)
    case let failure as DownloadFailure: self.init(failure, .reject)
    case let error as ModelsRootGone: self.init(error.failure, .wait(.folder))
    case let error as FolderInUse: self.init(error.failure, .none)
    case let error as DiskError where error.isFull: self = .refused("\(error.path) cannot grow")
    case let error as DiskError: self.init(error.failure, .none)
    case let error as FileReadError:
      self.init(DiskError("read", error.path, error.code).failure, .none)
    case let error as DatabaseError where error.resultCode == .SQLITE_FULL:
      self = .refused("the engine's database cannot grow")
    case is CancellationError:
      self.init(
        DownloadFailure(code: "NETWORK_ERROR", message: "The transfer was interrupted."),
        .retry(after: nil))
    default:
      self.init(DownloadFailure(code: "INTERNAL_ERROR", message: "\(error)"), .none)
    }
  }

  private init(transport error: TransportError) {
    let isSlow = error.kind == .timedOut || error.kind == .stalled
    let failure = DownloadFailure(
      code: isSlow ? "NETWORK_TIMEOUT" : "NETWORK_ERROR",
      message: error.message.prefix(1).uppercased() + error.message.dropFirst() + ".")
    switch error.kind {
    case .tls, .invalidURL, .invalidRequest: self.init(failure, .none)
    default: self.init(failure, .retry(after: nil))
    }
  }

  /// - Parameter lacking: bytes.
  static func noRoom(lacking: Int64) -> TransferError {
    TransferError(
      DownloadFailure(
        code: "DISK_FULL",
        message: "Waiting for \(ByteCount.text(lacking)) on the models' disk.",
        hint: "It goes on by itself when there is room; the received bytes are kept."),
      .wait(.room))
  }

  /// - Parameter name: what the file of the other transfer is called.
  static func sameContent(as name: String) -> TransferError {
    TransferError(
      DownloadFailure(
        code: "SAME_CONTENT",
        message: "Waiting for “\(name)”, which has the same content and is being downloaded.",
        hint: "It takes that file then."),
      .wait(.sameContent))
  }

  private static func refused(_ what: String) -> TransferError {
    TransferError(
      DownloadFailure(
        code: "DISK_FULL",
        message: "Waiting for room, because \(what): the disk or a quota is full.",
        hint: "It goes on by itself when there is room; the received bytes are kept."),
      .wait(.refusal))
  }

  static func endedEarly(_ position: Int64, of total: Int64) -> TransferError {
    TransferError(
      DownloadFailure(
        code: "NETWORK_ERROR",
        message: "The connection ended after \(position) of \(total) bytes."),
      .retry(after: nil))
  }

  static func gap(_ start: Int64, after position: Int64) -> TransferError {
    TransferError(
      DownloadFailure(
        code: "SOURCE_SERVER_ERROR",
        message: "The server answered with bytes from \(start) instead of \(position)."),
      .retry(after: nil))
  }

  static func tooLong(_ total: Int64) -> TransferError {
    TransferError(
      DownloadFailure(
        code: "SIZE_MISMATCH",
        message: "The source sent more than the \(total) bytes it announced.",
        hint: "Retry downloads it anew; if this happens again, the source is at fault."),
      .reject)
  }
}

extension TransferError.Remedy {
  init(_ advice: OriginError.Advice) {
    switch advice {
    case .retry(let after): self = .retry(after: after)
    case .resolveAgain: self = .resolveAgain
    case .needsUser, .giveUp: self = .none
    }
  }
}

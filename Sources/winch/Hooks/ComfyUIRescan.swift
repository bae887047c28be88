import ComfyAPI
import Downloads
import Engine
import Foundation
import Logging
import Synchronization
import Transport

/// Asks a running ComfyUI to look for new models when downloads have ended.
///
/// What it offers for that is `POST /api/assets/seed`, where it runs with `--enable-assets`. Else there is
/// nothing to ask for: it reads its folders anew whenever its page asks for the lists.
final class ComfyUIRescan: Sendable {
  private let transport: HTTPTransport
  private let logger: Logger
  private let url: Mutex<HTTPURL?>

  /// Before it is asked again: a scan that runs already may have passed by the newest.
  private let pause: Duration
  private static let mostTries = 30

  init(
    _ url: HTTPURL?, transport: HTTPTransport = HTTPTransport(), pause: Duration = .seconds(2),
    logger: Logger
  ) {
    self.pause = pause
    self.url = Mutex(url)
    self.transport = transport
    self.logger = logger
  }

  func adopt(_ new: HTTPURL?) { url.withLock { $0 = new } }

  /// Asks after each end of a download, and once for those that end meanwhile, until the calling task is
  /// cancelled.
  func follow(_ engine: Engine) async {
    let (ends, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await message in engine.messages() where message.status == .completed { signal.yield() }
        signal.finish()
      }
      for await _ in ends { await ask() }
      group.cancelAll()
    }
  }

  /// What came of one question.
  enum Answer: Equatable {
    case scanning
    /// It scans already.
    case busy
    /// It does not keep assets, or is a version without them.
    case notOffered
    case failed(String)
  }

  /// Asks until it scans, which it does one at a time.
  func ask() async {
    for _ in 0..<Self.mostTries {
      guard let url = url.withLock(\.self), !Task.isCancelled else { return }
      switch await answer(of: url) {
      case .scanning: return logger.info("ComfyUI looks for new models")
      case .notOffered: return
      case .failed(let cause):
        return logger.info("ComfyUI was not told of new models", metadata: ["cause": "\(cause)"])
      case .busy: try? await Task.sleep(for: pause)
      }
    }
  }

  func answer(of url: HTTPURL) async -> Answer {
    var base = url.withoutQuery
    while base.hasSuffix("/") { base.removeLast() }
    var request = HTTPRequest(
      method: "POST", url: base + "/api/assets/seed",
      headers: ["Content-Type": "application/json"], body: Array(#"{"roots":["models"]}"#.utf8))
    request.totalTimeout = .seconds(30)
    do throws(TransportError) {
      let status = try await transport.send(request, limit: 64 << 10).head.status
      return switch status {
      case 200..<300: .scanning
      case 409: .busy
      case 404, 405, 503: .notOffered
      default: .failed("status \(status)")
      }
    } catch {
      return .failed("\(error)")
    }
  }
}

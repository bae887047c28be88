import CCurl
import Foundation

/// The one thread on which libcurl runs, seen from all the others.
///
/// The channels of running transfers hold it, so it ends only after the last of them.
final class CurlThread: Sendable {
  private let queue: CommandQueue

  init(configuration: TransportConfiguration) {
    let multi = Self.makeMulti()
    let queue = CommandQueue(waking: multi)
    self.queue = queue
    guard let multi else { return }
    let thread = Thread {
      CurlLoop(multi: multi, queue: queue, configuration: configuration).run()
    }
    thread.name = "transport"
    thread.start()
  }

  deinit { _ = queue.push(.close) }

  func submit(_ command: CommandQueue.Command) {
    guard !queue.push(command), case .start(_, _, let channel) = command else { return }
    channel.finish(.failure(.notInitialized))
  }

  private static func makeMulti() -> MultiHandle? {
    guard winch_curl_initialize() == CURLE_OK else { return nil }
    return curl_multi_init().map(MultiHandle.init)
  }
}

extension TransportError {
  fileprivate static let notInitialized = TransportError(
    .other(code: Int(CURLE_FAILED_INIT.rawValue)), "the HTTP library could not be started")
}

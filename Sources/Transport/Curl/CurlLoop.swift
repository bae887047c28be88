import CCurl
import Foundation

/// Runs every transfer of a transport. Lives on one thread from `run` to its end.
final class CurlLoop {
  private let multi: UnsafeMutableRawPointer
  private let queue: CommandQueue
  private let configuration: TransportConfiguration
  private var transfers: [ObjectIdentifier: CurlTransfer] = [:]
  /// No transfer stalls before this. Activity only moves stalls later, so it needs no update per byte.
  private var nextStallCheck: ContinuousClock.Instant?
  private let clock = ContinuousClock()

  init(multi: MultiHandle, queue: CommandQueue, configuration: TransportConfiguration) {
    self.multi = multi.pointer
    self.queue = queue
    self.configuration = configuration
  }

  func run() {
    blockPipeSignal()
    let longestWait = longestWaitMilliseconds()
    while performCommands() {
      var running: Int32 = 0
      check(curl_multi_perform(multi, &running))
      finishEnded()
      finishStalled(at: clock.now)
      check(curl_multi_poll(multi, nil, 0, waitMilliseconds(atMost: longestWait), nil))
    }
    close()
  }

  /// Writing to a connection the peer has closed raises SIGPIPE, whose default is to end the process.
  private func blockPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Without file descriptors to spare libcurl has no way to be woken: then the queue is looked at
  /// from time to time.
  private func longestWaitMilliseconds() -> Int32 {
    curl_multi_wakeup(multi) == CURLM_OK ? 60_000 : 50
  }

  private func waitMilliseconds(atMost longest: Int32) -> Int32 {
    guard let nextStallCheck else { return longest }
    let now = clock.now
    guard nextStallCheck > now else { return 0 }
    return min(longest, Int32(now.duration(to: nextStallCheck).timeoutMilliseconds))
  }

  /// A multi handle that fails does so for reasons inside libcurl, such as no memory: no transfer can
  /// go on then.
  private func check(_ code: CURLMcode) {
    guard code != CURLM_OK else { return }
    let error = TransportError(
      .other(code: Int(code.rawValue)), "the HTTP library failed inside (\(code.rawValue))")
    for transfer in transfers.values { end(transfer, with: .failure(error)) }
  }

  private func close() {
    queue.retire()
    for transfer in transfers.values { end(transfer, with: .failure(.cancelled)) }
    curl_multi_cleanup(multi)
  }
}

// MARK: - Commands

extension CurlLoop {
  /// False after `close`.
  private func performCommands() -> Bool {
    for command in queue.take() {
      switch command {
      case .start(let request, let target, let channel): start(request, target, channel)
      case .resume(let channel): resume(channel)
      case .cancel(let channel): cancel(channel)
      case .close: return false
      }
    }
    return true
  }

  private func start(_ request: HTTPRequest, _ target: RequestTarget, _ channel: ResponseChannel) {
    do throws(TransportError) {
      let transfer = try CurlTransfer(request, target, channel, configuration)
      transfers[ObjectIdentifier(channel)] = transfer
      check(curl_multi_add_handle(multi, transfer.easy))
      checkForStall(of: transfer)
    } catch {
      channel.finish(.failure(error))
    }
  }

  private func resume(_ channel: ResponseChannel) {
    guard let transfer = transfers[ObjectIdentifier(channel)] else { return }
    let code = transfer.resume()
    guard code == CURLE_OK else { return finish(transfer, code) }
    checkForStall(of: transfer)
  }

  private func cancel(_ channel: ResponseChannel) {
    guard let transfer = transfers[ObjectIdentifier(channel)] else { return }
    end(transfer, with: .failure(.cancelled))
  }
}

// MARK: - Ends

extension CurlLoop {
  private func finishEnded() {
    var easy: UnsafeMutableRawPointer?
    var code = CURLE_OK
    while winch_curl_next_ended(multi, &easy, &code) {
      guard let easy, let context = winch_curl_context(easy) else { continue }
      finish(CurlTransfer.from(context), code)
    }
  }

  private func finishStalled(at now: ContinuousClock.Instant) {
    guard let check = nextStallCheck, check <= now else { return }
    nextStallCheck = nil
    for transfer in transfers.values {
      guard let deadline = transfer.stallDeadline(at: now) else { continue }
      if deadline <= now {
        end(transfer, with: .failure(transfer.stalledError))
      } else {
        nextStallCheck = min(nextStallCheck ?? deadline, deadline)
      }
    }
  }

  private func checkForStall(of transfer: CurlTransfer) {
    guard let deadline = transfer.stallDeadline(at: clock.now) else { return }
    nextStallCheck = min(nextStallCheck ?? deadline, deadline)
  }

  private func finish(_ transfer: CurlTransfer, _ code: CURLcode) {
    end(transfer, with: transfer.result(of: code))
  }

  private func end(_ transfer: CurlTransfer, with result: Result<Void, TransportError>) {
    guard transfers.removeValue(forKey: ObjectIdentifier(transfer.channel)) != nil else { return }
    curl_multi_remove_handle(multi, transfer.easy)
    transfer.channel.finish(result)
  }
}

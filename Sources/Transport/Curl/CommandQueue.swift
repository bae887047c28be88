import CCurl
import Synchronization

/// What other threads ask of the thread that runs libcurl, in order.
///
/// `curl_multi_wakeup` is the one function of a multi handle that any thread may call
/// (curl_multi_wakeup(3)). It is called under the lock, so that it never meets a handle that is gone.
final class CommandQueue: Sendable {
  enum Command: Sendable {
    case start(HTTPRequest, RequestTarget, ResponseChannel)
    case resume(ResponseChannel)
    case cancel(ResponseChannel)
    case close
  }

  private struct State {
    var commands: [Command] = []
    var multi: MultiHandle?
  }

  private let state: Mutex<State>

  init(waking multi: MultiHandle?) {
    state = Mutex(State(multi: multi))
  }

  /// False when nobody will take the command.
  func push(_ command: Command) -> Bool {
    state.withLock { state in
      guard let multi = state.multi else { return false }
      state.commands.append(command)
      // Commands that wait have woken the thread already, and it takes all of them.
      if state.commands.count == 1 { curl_multi_wakeup(multi.pointer) }
      return true
    }
  }

  /// Every waiting command, at once.
  func take() -> [Command] {
    state.withLock { state in
      defer { state.commands = [] }
      return state.commands
    }
  }

  /// Refuses commands from now on; the multi handle may be freed after it.
  func retire() {
    state.withLock { state in
      state.multi = nil
      state.commands = []
    }
  }
}

/// The pointer of a `CURLM`.
// Sendable because only `CurlLoop` on its one thread uses the handle, save for waking it, which
// libcurl allows from anywhere.
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
}

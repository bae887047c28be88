import Foundation
import Synchronization

/// What a benchmark must not leave behind, however it ends: processes and folders.
enum Leftovers {
  private struct State {
    var processes: Set<pid_t> = []
    var folders: Set<String> = []
    var interrupts: [any DispatchSourceSignal] = []
  }

  // The sources are only made and kept, never touched again.
  private struct Guarded: @unchecked Sendable { var state = State() }
  private static let guarded = Mutex(Guarded())

  /// Removes everything that is left when a signal ends the program.
  static func removeOnInterrupt() {
    let queue = DispatchQueue(label: "interrupts")
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        remove()
        _exit(128 + number)
      }
      source.resume()
      guarded.withLock { $0.state.interrupts.append(source) }
    }
  }

  static func add(process: pid_t) {
    _ = guarded.withLock { $0.state.processes.insert(process) }
  }

  /// The process has ended and was waited for.
  static func forget(process: pid_t) {
    _ = guarded.withLock { $0.state.processes.remove(process) }
  }

  static func add(folder: String) { _ = guarded.withLock { $0.state.folders.insert(folder) } }

  /// Ends the processes with all of their group, the namespaces with them, then removes the folders.
  static func remove() {
    let left = guarded.withLock { guarded in
      defer {
        guarded.state.processes = []
        guarded.state.folders = []
      }
      return (processes: guarded.state.processes, folders: guarded.state.folders)
    }
    for process in left.processes { kill(-process, SIGKILL) }
    for process in left.processes { waitpid(process, nil, 0) }
    for folder in left.folders { try? FileManager.default.removeItem(atPath: folder) }
  }
}

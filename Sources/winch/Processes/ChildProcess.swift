import Foundation

/// Starting programs with given descriptors, and nothing else of ours that is open.
enum ChildProcess {
  /// - Parameters:
  ///   - arguments: the program, found in `PATH`, and its arguments.
  ///   - hasGroup: whether it leads a process group of its own.
  /// - Returns: nil when it could not be started.
  static func start(
    _ arguments: [String], environment: [String: String], input: Int32, output: Int32,
    errors: Int32, hasGroup: Bool
  ) -> pid_t? {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    // What this program ignores and blocks is its own matter.
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    let group = hasGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(
      &attributes, Int16(Int(group) | Int(POSIX_SPAWN_SETSIGDEF) | Int(POSIX_SPAWN_SETSIGMASK)))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var process = pid_t()
    let status = posix_spawnp(&process, arguments[0], &actions, &attributes, words, variables)
    return status == 0 ? process : nil
  }

  /// What `waitpid` tells: the exit status, or 128 and the number of the signal that ended it.
  static func exitStatus(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

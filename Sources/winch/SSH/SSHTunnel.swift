import ComfyAPI
import Downloads
import Foundation

/// The socket of an engine on another machine, which the system's `ssh` forwards to a socket here.
///
/// How that machine is reached is the business of the user's ssh configuration. The forwarding ends
/// with this program, however that ends: `ssh` is watched by a shell that waits for the end of a pipe.
actor SSHTunnel {
  let address: SSHAddress
  /// The socket on this machine; it is there while the tunnel stands.
  nonisolated let localPath: String
  private nonisolated let folder: String
  private let environment: [String: String]
  private var socket: String?
  private var keeper: Keeper?

  /// The shell that watches over `ssh`.
  private struct Keeper {
    let process: pid_t
    /// Its standard input; it ends when this is closed.
    let leash: Int32
    /// What `ssh` says.
    let errors: Int32
  }

  /// How long ssh may take where nobody can be asked anything, and where somebody may have to type.
  private static let patience = Duration.seconds(30)
  private static let patienceWithUser = Duration.seconds(180)

  /// Makes the folder for the socket, which only the user may enter.
  init(_ address: SSHAddress, environment: [String: String]) throws(DownloadFailure) {
    self.address = address
    self.environment = environment
    socket = address.socket
    var template = Array("/tmp/winch-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw DownloadFailure(
        code: "CANNOT_WRITE", message: "There is no place for a socket in /tmp.")
    }
    folder = String(cString: made)
    localPath = folder + "/engine.sock"
  }

  deinit {
    if let keeper {
      close(keeper.leash)
      close(keeper.errors)
    } else {
      rmdir(folder)
    }
  }

  /// Returns once an engine answers at `localPath`; starts the one of that machine when it must.
  ///
  /// - Parameters:
  ///   - mayAsk: whether ssh may ask for a password on the terminal.
  ///   - answers: whether an engine answers at `localPath` now.
  func open(mayAsk: Bool, answers: () async -> Bool) async throws(DownloadFailure) {
    if keeper != nil, await answers() { return }
    await endKeeper()
    do throws(DownloadFailure) {
      try await connect(mayAsk: mayAsk, answers)
    } catch {
      await endKeeper()
      rmdir(folder)
      // Its engine may listen elsewhere the next time.
      socket = address.socket
      throw error
    }
  }

  private func connect(
    mayAsk: Bool, _ answers: () async -> Bool
  ) async throws(DownloadFailure) {
    if socket == nil { socket = try await startEngine(mayAsk: mayAsk) }
    try await forward(mayAsk: mayAsk)
    if await answers() { return }
    // The path is known from before, and nobody listens there now.
    _ = try await startEngine(mayAsk: mayAsk)
    guard await answers() else {
      throw failure("The engine of \(address.host) does not answer at \(socket ?? "").")
    }
  }

  private func failure(_ message: String, hint: String? = nil) -> DownloadFailure {
    DownloadFailure(code: "BACKEND_UNREACHABLE", message: PlainText.sanitized(message), hint: hint)
  }
}

/// The engine there.
extension SSHTunnel {
  /// Has the engine started where it does not run.
  ///
  /// - Returns: the path of its socket.
  private func startEngine(mayAsk: Bool) async throws(DownloadFailure) -> String {
    guard Self.hasProgram("ssh", environment) else { throw noSSH }
    let end = await BoundedCommand(
      arguments: ["ssh", "-T"] + options(mayAsk) + ["--", address.destination, remoteCommand],
      environment: environment,
      timeLimit: mayAsk ? Self.patienceWithUser : Self.patience, hasGroup: false,
      separatesErrors: true
    ).run()
    switch end.status {
    case 0: break
    case ExitStatus.usage.rawValue:
      throw failure(
        "winch on \(address.host) is another version.",
        hint: "Copy this program there, version \(Version.text), or give the path of the socket.")
    case 127:
      throw failure(
        "There is no winch on \(address.host).",
        hint: "Copy the program into ~/.local/bin there.")
    default: throw failure(problem(end.status, end.errors, end.isTimedOut))
    }
    // A login script may print something too.
    let lines = end.output.split(whereSeparator: \.isNewline)
    guard let line = lines.last(where: { $0.hasPrefix("{") }),
      let status = try? WireFormat.decode([String: JSONValue].self, from: line.utf8),
      let path = status["socket"]?.string, SSHAddress.isSocketPath(path)
    else {
      throw failure(
        "winch on \(address.host) does not tell where its engine listens.",
        hint: "It may be another version: this one is \(Version.text).")
    }
    return path
  }

  /// Read by whatever shell the user has there, so all of it stands in quotes for `sh`.
  private var remoteCommand: String {
    let variable = address.socket.map { "WINCH_SOCKET=\"\($0)\"; export WINCH_SOCKET; " } ?? ""
    return "/bin/sh -c 'PATH=\"$HOME/.local/bin:$HOME/bin:$PATH:/usr/local/bin\"; export PATH; "
      + variable + "exec winch status --start --json --backend local'"
  }

  private func options(_ mayAsk: Bool) -> [String] {
    (mayAsk ? [] : ["-o", "BatchMode=yes"]) + (address.port.map { ["-p", "\($0)"] } ?? [])
  }

  private var noSSH: DownloadFailure {
    failure("There is no program ssh on this machine.", hint: "Install OpenSSH's client.")
  }

  private static func hasProgram(_ name: String, _ environment: [String: String]) -> Bool {
    (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains {
      access("\($0)/\(name)", X_OK) == 0
    }
  }

  /// What went wrong, in the words of ssh or of winch there.
  private func problem(_ status: Int32, _ errors: String, _ isTimedOut: Bool) -> String {
    let said =
      errors.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
      .last { !$0.isEmpty }.map { ": \($0.prefix(300))" } ?? "."
    if isTimedOut { return "ssh has not reached \(address.host) in time\(said)" }
    return status == 255
      ? "ssh cannot reach \(address.host)\(said)"
      : "The engine of \(address.host) did not start\(said)"
  }
}

/// The forwarding.
extension SSHTunnel {
  /// `$1` is the forwarding, `$2` the folder of the socket; then come the options and the destination.
  /// What a shared connection (ControlMaster) has taken on outlives the `ssh` that asked for it, which
  /// ends at once with status 0: so the end is waited for, and then the connection is asked to give it
  /// up. PIPE: what the shell says at the end of `ssh`, nobody may read any more.
  private static let script = """
    trap '' INT QUIT HUP PIPE
    spec=$1 folder=$2; shift 2
    exec 3<&0
    ssh -N -T -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -L "$spec" "$@" </dev/null 3<&- &
    ssh=$!
    { read -r _ <&3; kill $ssh 2>/dev/null; } &
    watch=$!
    wait $ssh
    status=$?
    [ $status = 0 ] && read -r _ <&3
    kill $watch 2>/dev/null
    ssh -O cancel -L "$spec" "$@" </dev/null >/dev/null 2>&1
    rm -f "$folder/engine.sock"
    rmdir "$folder" 2>/dev/null
    exit $status
    """

  private func forward(mayAsk: Bool) async throws(DownloadFailure) {
    guard Self.hasProgram("ssh", environment) else { throw noSSH }
    try makeFolder()
    let keeper = try startKeeper(mayAsk: mayAsk)
    self.keeper = keeper
    let deadline = ContinuousClock.now + (mayAsk ? Self.patienceWithUser : Self.patience)
    while ContinuousClock.now < deadline, !Task.isCancelled {
      var status: Int32 = 0
      if waitpid(keeper.process, &status, WNOHANG) == keeper.process {
        self.keeper = nil
        defer { for descriptor in [keeper.leash, keeper.errors] { close(descriptor) } }
        throw failure(problem(255, Self.text(of: keeper.errors), false))
      }
      var named = stat()
      if lstat(localPath, &named) == 0 { return }
      try? await Task.sleep(for: .milliseconds(20))
    }
    throw failure(problem(255, "", true))
  }

  /// It goes with each forwarding. Meanwhile somebody else may have taken its name.
  private func makeFolder() throws(DownloadFailure) {
    if mkdir(folder, 0o700) == 0 { return }
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      status.st_uid == geteuid(), status.st_mode & 0o077 == 0
    else {
      throw DownloadFailure(
        code: "CANNOT_WRITE", message: "There is no private place for a socket at \(folder).")
    }
  }

  private func startKeeper(mayAsk: Bool) throws(DownloadFailure) -> Keeper {
    var (leash, errors): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&leash) == 0, pipe(&errors) == 0 else { throw failure("ssh cannot be started.") }
    for descriptor in leash + errors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(errors[0], F_SETFL, O_NONBLOCK)
    defer {
      close(leash[0])
      close(errors[1])
    }
    let words = ["/bin/sh", "-c", Self.script, "winch-ssh", "\(localPath):\(socket ?? "")", folder]
    let process = ChildProcess.start(
      words + options(mayAsk) + ["--", address.destination], environment: environment,
      input: leash[0], output: errors[1], errors: errors[1], hasGroup: false)
    guard let process else { throw failure("ssh cannot be started.") }
    return Keeper(process: process, leash: leash[1], errors: errors[0])
  }

  /// Returns once the forwarding is gone, or hangs.
  private func endKeeper() async {
    guard let keeper else { return }
    self.keeper = nil
    close(keeper.leash)
    close(keeper.errors)
    for _ in 0..<100 {
      if waitpid(keeper.process, nil, WNOHANG) != 0 { return }
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  private static func text(of descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
  }
}

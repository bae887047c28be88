import Foundation
import OriginLab
import TestTerminal
import Testing

/// The real binary, started as systemd starts it for `winch.socket`.
@Suite("An engine with a socket that was passed to it", .serialized)
struct ActivationTests {
  @Test("is found by every command, stops when asked, and leaves the socket for the next")
  func activation() async throws {
    try await Sandbox.withLab { lab, sandbox in
      let file = LabFile.safetensors(size: 100_000, seed: 1)
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let link = "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors"
      let socket = try PassedSocket(
        sandbox.root.appending(path: "runtime/winch/engine.sock").path())
      defer { socket.close() }

      let first = try socket.start(sandbox)
      #expect(try await sandbox.enginePID() == first)
      let added = try await sandbox.run(["add", "--wait", "--folder", "vae", link])
      #expect(added.status == 0, "\(added.errors)")
      #expect(sandbox.model("vae/m.safetensors")?.count == file.size)
      let stopped = try await sandbox.run(["stop"])
      #expect(stopped.status == 0, "\(stopped.errors)")
      #expect(try await socket.exitStatus(of: first) == 0)

      let second = try socket.start(sandbox)
      #expect(try await sandbox.enginePID() == second)
      kill(second, SIGTERM)
      #expect(try await socket.exitStatus(of: second) == 0)
      #expect(FileManager.default.fileExists(atPath: socket.path))
    }
  }
}

/// A listening Unix socket, and engines that it is passed to.
private struct PassedSocket {
  let path: String
  private let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0 && listen(descriptor, 16) == 0)
    chmod(path, 0o600)
  }

  func close() { _ = Glibc.close(descriptor) }

  /// Foundation's Process passes no descriptors but the first three.
  func start(_ sandbox: Sandbox) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for number in 0...2 {
      posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, descriptor, 3)
    // The shell becomes the engine, so that its number is the engine's.
    let arguments = [
      "sh", "-c", "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" serve", Sandbox.binary.path(),
    ]
    let pointers = arguments.map { strdup($0) } + [nil]
    let variables = sandbox.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in pointers + variables { free(pointer) } }
    var process = pid_t()
    try #require(posix_spawn(&process, "/bin/sh", &actions, nil, pointers, variables) == 0)
    return process
  }

  /// Nil when it does not end, or not by itself.
  func exitStatus(of process: pid_t) async throws -> Int32? {
    var status: Int32 = 0
    let hasEnded = await eventually { waitpid(process, &status, WNOHANG) == process }
    return hasEnded && status & 0x7F == 0 ? status >> 8 : nil
  }
}

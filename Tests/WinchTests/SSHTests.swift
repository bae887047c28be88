import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

@testable import winch

/// A program `ssh` of the test's own, which “reaches” another home on this machine.
private final class FakeSSH: Sendable {
  let here: Sandbox
  let there: Sandbox
  private var bin: URL { here.root.appending(path: "bin") }

  init(_ lab: OriginLab? = nil) throws {
    there = try Sandbox(lab: lab)
    here = try Sandbox(lab: lab)
    let variables = there.environment.filter { $0.key != "PATH" }
      .map { "\($0.key)='\($0.value)'" }.sorted().joined(separator: " ")
    let remoteBin = there.root.appending(path: ".local/bin")
    for folder in [bin, remoteBin] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      at: remoteBin.appending(path: "winch"), withDestinationURL: Sandbox.binary)
    let script = """
      #!/bin/sh
      echo "$*" >>'\(here.root.path())/ssh.log'
      case "$FAKE_SSH" in refuse) echo 'me@box: Permission denied (publickey).' >&2; exit 255;; empty) exit 127;; esac
      case "$1" in -O) exit 0;; esac
      while [ "$1" != -- ]; do [ "$1" = -L ] && forward=$2; shift; done
      shift 2
      if [ -n "$forward" ]; then
        # What is reached by a link is as good as what is forwarded.
        ln -s "${forward#*:}" "${forward%%:*}"
        [ "$FAKE_SSH" = shared ] && exit 0
        echo $$ >>'\(here.root.path())/ssh.pids'
        exec sleep 600
      fi
      echo 'Welcome to box'
      # No other winch that this machine has.
      exec env -i PATH=/nowhere \(variables) /bin/sh -c "$*"
      """
    let text = here.root.appending(path: "ssh.text")
    try Data(script.utf8).write(to: text)
    let file = bin.appending(path: "ssh")
    // Written by another process: one that a test starts at this moment would hold the file open, and the
    // system executes no file that somebody may write to (ETXTBSY).
    let copy = try Process.run(URL(filePath: "/bin/cp"), arguments: [text.path(), file.path()])
    copy.waitUntilExit()
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path())
  }

  var variables: [String: String] {
    ["PATH": bin.path() + ":" + (here.environment["PATH"] ?? ""), "HF_TOKEN": "SECRET-1"]
  }

  func run(_ arguments: [String], _ more: [String: String] = [:]) async throws -> Sandbox.Finished {
    try await here.run(arguments, variables: variables.merging(more) { $1 })
  }

  func lines(_ name: String) -> [String] {
    let text = try? String(contentsOf: here.root.appending(path: name), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// Whether every forwarding has ended, and its socket is gone.
  func isOver() -> Bool {
    lines("ssh.pids").compactMap { Int32($0) }.allSatisfy { kill($0, 0) != 0 }
      && forwardings.allSatisfy { !FileManager.default.fileExists(atPath: $0) }
  }

  /// Folders of sockets on this machine.
  private var forwardings: [String] {
    lines("ssh.log").compactMap {
      $0.firstMatch(of: /-L (\/tmp\/winch-[^\/]+)\//).map { String($0.1) }
    }
  }

  func remove() async {
    await there.remove()
    await here.remove()
  }
}

@Suite("An engine behind SSH", .serialized)
struct SSHTests {
  private func withSSH(_ body: (OriginLab, FakeSSH) async throws -> Void) async throws {
    try await OriginLab.withRunning { lab in
      let ssh = try FakeSSH(lab)
      do {
        try await body(lab, ssh)
      } catch {
        await ssh.remove()
        throw error
      }
      await ssh.remove()
    }
  }

  @Test("is started there, downloads there, and the forwarding ends with the command")
  func downloads() async throws {
    try await withSSH { lab, ssh in
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 1000, seed: 1))
      let link = "\(lab.hubEndpoint)/org/repo/blob/main/m.safetensors"
      let added = try await ssh.run(
        ["add", "--wait", "--json", "--folder", "vae", "--backend", "ssh://me@box:2222", link])
      #expect(added.status == 0, "\(added.errors)")
      #expect(ssh.there.model("vae/m.safetensors")?.count == 1000)
      #expect(ssh.here.model("vae/m.safetensors") == nil)
      #expect(added.output.contains(#""backend":"ssh://me@box:2222""#))
      #expect(await eventually { ssh.isOver() })

      let calls = ssh.lines("ssh.log")
      #expect(calls.allSatisfy { $0.contains("-p 2222") && $0.contains("-- me@box") })
      #expect(calls.filter { !$0.hasPrefix("-O") }.allSatisfy { $0.contains("BatchMode=yes") })
      #expect(!calls.joined().contains("SECRET"))
      #expect(try await ssh.there.enginePID() != nil)
      #expect(try await ssh.here.enginePID() == nil)
    }
  }

  @Test("a profile and config use reach it by a name, and a socket that is given is not asked for")
  func profile() async throws {
    try await withSSH { _, ssh in
      let status = try await ssh.there.run(["status", "--start", "--json"])
      let socket = try WireFormat.decode([String: JSONValue].self, from: status.output.utf8)[
        "socket"]
      let path = try #require(socket?.string)
      for command in [
        ["config", "set", "profiles.gpu.url", "ssh://box\(path)"], ["config", "use", "gpu"],
      ] {
        let done = try await ssh.run(command)
        #expect(done.status == 0, "\(done.errors)")
      }
      let shown = try await ssh.run(["status"])
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(shown.output.contains(ssh.there.root.path()))
      #expect(ssh.lines("ssh.log").filter { !$0.hasPrefix("-O") }.count == 1)
    }
  }

  @Test("a socket that is given is started where nobody listens", arguments: ["/engine.sock"])
  func startsAtPath(name: String) async throws {
    try await withSSH { _, ssh in
      let path = ssh.there.root.path() + name
      let shown = try await ssh.run(["ls", "--backend", "ssh://box\(path)"])
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(FileManager.default.fileExists(atPath: path))
      _ = try await ssh.there.run(["stop"], variables: ["WINCH_SOCKET": path])
    }
  }

  @Test(
    "the forwarding ends with a program that is interrupted, and with one that is killed",
    arguments: [SIGINT, SIGTERM, SIGKILL])
  func signals(number: Int32) async throws {
    try await withSSH { lab, ssh in
      var file = LabFile.safetensors(size: 8 << 20, seed: 1)
      file.faults.bytesPerSecond = 1 << 14
      lab.addHuggingFace(repo: "org/repo", path: "m.safetensors", file: file)
      let running = try ssh.here.start(
        [
          "add", "--wait", "--folder", "vae", "--backend", "ssh://box",
          "\(lab.hubEndpoint)/org/repo/blob/main/m.safetensors",
        ], variables: ssh.variables)
      #expect(await eventually { lab.bytesSentByContentHost > 0 })
      #expect(!ssh.isOver())
      kill(running.processID, number)
      _ = await running.status()
      #expect(await eventually { ssh.isOver() })
      #expect(try await ssh.there.enginePID() != nil)
    }
  }

  @Test("what a shared connection forwards is given up at the end")
  func shared() async throws {
    try await withSSH { _, ssh in
      for _ in 0..<2 {
        let listed = try await ssh.run(["ls", "--backend", "ssh://box"], ["FAKE_SSH": "shared"])
        #expect(listed.status == 0, "\(listed.errors)")
      }
      #expect(await eventually { ssh.isOver() })
      let calls = ssh.lines("ssh.log")
      let given = calls.filter { $0.hasPrefix("-O cancel -L ") }
      #expect(given.count == 2)
      #expect(calls.filter { $0.hasPrefix("-N") }.count == 2)
    }
  }

  @Test("what is missing or refused is said, with status 69")
  func missing() async throws {
    let ssh = try FakeSSH()
    let refused = try await ssh.run(["ls", "--backend", "ssh://box"], ["FAKE_SSH": "refuse"])
    #expect(refused.status == 69)
    #expect(refused.errors.contains("ssh cannot reach box: me@box: Permission denied (publickey)."))
    let none = try await ssh.here.run(
      ["ls", "--backend", "ssh://box"], variables: ["PATH": "/nowhere"])
    #expect(none.status == 69)
    #expect(none.errors.contains("no program ssh"))
    let empty = try await ssh.run(["ls", "--backend", "ssh://box"], ["FAKE_SSH": "empty"])
    #expect(empty.status == 69)
    #expect(empty.errors.contains("There is no winch on box."), "\(empty.errors)")
    #expect(ssh.isOver())
    await ssh.remove()
  }

  @Test(
    "an address is written alike whoever writes it",
    arguments: [
      ("ssh://box", "ssh://box"), ("SSH://me@box/", "ssh://me@box"),
      ("ssh://me@box:22/run/w.sock", "ssh://me@box:22/run/w.sock"),
      ("ssh://[::1]:22", "ssh://[::1]:22"),
    ])
  func addresses(text: String, canonical: String) {
    #expect(SSHAddress(text)?.text == canonical)
  }

  @Test(
    "what ssh or a shell could take for something else is no address",
    arguments: [
      "ssh://", "ssh://-oProxyCommand=x", "ssh://-l@box", "ssh://me:word@box", "ssh://a b",
      "ssh://box:0", "ssh://box:x", "ssh://box;ls", "ssh://$(ls)", "ssh://box/a:b", "ssh://box/%h",
      "ssh://box/${HOME}", "ssh://box/a'b", "ssh://box/a\nb", "https://box", "box",
    ])
  func noAddresses(text: String) { #expect(SSHAddress(text) == nil) }
}

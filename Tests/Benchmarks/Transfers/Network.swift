import Foundation

/// Where client and server stand, and what lies between them.
protocol Network {
  var serverAddress: String { get }
  /// One line for people.
  var description: String { get }
  /// The command that runs a command where the server stands.
  func onServer(_ command: [String]) -> [String]
  func onClient(_ command: [String]) -> [String]
}

/// Both on this machine, nothing in between.
struct Loopback: Network {
  let serverAddress = "127.0.0.1"
  var description: String { "loopback" }
  func onServer(_ command: [String]) -> [String] { command }
  func onClient(_ command: [String]) -> [String] { command }
}

/// A network namespace for each, joined by a pair of virtual Ethernet devices that delay packets and
/// lose some.
///
/// The namespaces have no names: each lives as long as the process that holds it, so that nothing is
/// left when the processes are killed.
struct DistantNetwork: Network {
  static let roundTrip = 80
  static let loss = 0.1

  let serverAddress = "10.213.0.1"
  private let server: MeasuredProcess
  private let client: MeasuredProcess
  private let folder: String
  private let nsenter: String
  private(set) var delays = true

  /// - Throws: when this user may not make namespaces, or tools are missing.
  init(in folder: String) throws {
    guard getuid() == 0 else {
      throw BenchmarkError(description: "Network namespaces need root.")
    }
    self.folder = folder
    nsenter = try InstalledProgram.path("nsenter", for: "a distant network")
    server = try Self.namespace(folder)
    client = try Self.namespace(folder)
    // The namespaces are made by the processes that hold them.
    try waitForNamespaces()
    try join()
    do {
      try delay()
    } catch {
      delays = false
    }
  }

  func stop() {
    client.stop()
    server.stop()
  }

  var description: String {
    delays
      ? "\(Self.roundTrip) ms round trip, \(Self.loss) % of packets lost each way"
      : "network namespaces WITHOUT delay and loss, because this kernel has no netem"
  }

  func onServer(_ command: [String]) -> [String] { inside(server) + command }
  func onClient(_ command: [String]) -> [String] { inside(client) + command }

  private func inside(_ holder: MeasuredProcess) -> [String] {
    [nsenter, "--net=/proc/\(holder.identifier)/ns/net"]
  }

  private static func namespace(_ folder: String) throws -> MeasuredProcess {
    let unshare = try InstalledProgram.path("unshare", for: "a distant network")
    return try MeasuredProcess(
      [unshare, "--net", "sleep", "infinity"], environment: ["PATH": "/usr/bin:/bin"],
      output: folder + "/network.log")
  }

  private func waitForNamespaces() throws {
    let link = { (identifier: String) in
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(identifier)/ns/net")
    }
    for holder in [server, client] {
      for _ in 0..<200 where link("\(holder.identifier)") == link("self") { usleep(10_000) }
    }
  }

  private func join() throws {
    let ip = try InstalledProgram.path("ip", for: "a distant network")
    try run(
      inside(server) + [
        ip, "link", "add", "bench", "type", "veth", "peer", "name", "bench", "netns",
        "\(client.identifier)",
      ])
    for (holder, address) in [(server, serverAddress), (client, "10.213.0.2")] {
      for words in [
        ["link", "set", "lo", "up"],
        ["addr", "add", address + "/24", "dev", "bench"],
        ["link", "set", "bench", "up"],
      ] { try run(inside(holder) + [ip] + words) }
    }
  }

  private func delay() throws {
    let ip = try InstalledProgram.path("ip", for: "a distant network")
    let tc = try InstalledProgram.path("tc", for: "a distant network")
    for holder in [server, client] {
      try run(
        inside(holder) + [
          tc, "qdisc", "add", "dev", "bench", "root", "netem", "delay",
          "\(Self.roundTrip / 2)ms", "loss", "\(Self.loss)%", "limit", "100000",
        ])
      // Else the devices pass pieces of 64 KiB, and a loss is one of them.
      try run(inside(holder) + [ip, "link", "set", "bench", "gso_max_segs", "1"])
    }
  }

  private func run(_ command: [String]) throws {
    try MeasuredProcess.run(command, output: folder + "/network.log")
  }
}

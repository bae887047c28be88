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

/// A network namespace for each, and a link between them that delays packets and loses some: the kernel's
/// netem, or a `DelayLine` where the kernel has none.
///
/// The namespaces have no names: each lives as long as the process that holds it, so that nothing is
/// left when the processes are killed.
struct DistantNetwork: Network {
  /// In milliseconds.
  static let roundTrip = 80
  /// Percent of the packets of each direction.
  static let loss = 0.1

  let serverAddress = "10.213.0.1"
  private static let clientAddress = "10.213.0.2"
  private static let device = "bench"
  private let server: MeasuredProcess
  private let client: MeasuredProcess
  private let log: String
  private let nsenter: String
  private let ip: String
  private var line: DelayLine?
  private var hasBBR = false

  /// - Throws: when this user may not make namespaces, or tools are missing.
  init(in folder: String) throws {
    guard getuid() == 0 else {
      throw BenchmarkError(description: "Network namespaces need root.")
    }
    log = folder + "/network.log"
    nsenter = try InstalledProgram.path("nsenter", for: "a distant network")
    ip = try InstalledProgram.path("ip", for: "a distant network")
    server = try Self.namespace(log)
    client = try Self.namespace(log)
    try waitForNamespaces()
    do {
      try joinByKernel()
    } catch {
      try joinByDelayLine()
    }
    chooseCongestionControl()
  }

  func stop() {
    line?.stop()
    client.stop()
    server.stop()
  }

  var description: String {
    "\(Self.roundTrip) ms round trip, \(Self.loss) % of packets lost each way "
      + "(by \(line == nil ? "netem" : "this program, as the kernel has no netem")), "
      + "the server sends by \(hasBBR ? "BBR" : "the kernel's usual congestion control")"
  }

  func onServer(_ command: [String]) -> [String] { inside(server) + command }
  func onClient(_ command: [String]) -> [String] { inside(client) + command }

  private func inside(_ holder: MeasuredProcess) -> [String] {
    [nsenter, "--net=/proc/\(holder.identifier)/ns/net"]
  }

  private static func namespace(_ log: String) throws -> MeasuredProcess {
    let unshare = try InstalledProgram.path("unshare", for: "a distant network")
    return try MeasuredProcess(
      [unshare, "--net", "sleep", "infinity"], environment: ["PATH": "/usr/bin:/bin"], output: log)
  }

  /// The namespaces are made by the processes that hold them.
  private func waitForNamespaces() throws {
    let link = { (identifier: String) in
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(identifier)/ns/net")
    }
    for holder in [server, client] {
      for _ in 0..<200 where link("\(holder.identifier)") == link("self") { usleep(10_000) }
    }
  }

  private func joinByKernel() throws {
    let tc = try InstalledProgram.path("tc", for: "a distant network")
    try run(
      inside(server) + [
        ip, "link", "add", Self.device, "type", "veth", "peer", "name", Self.device, "netns",
        "\(client.identifier)",
      ])
    do {
      for holder in [server, client] {
        try run(
          inside(holder) + [
            tc, "qdisc", "add", "dev", Self.device, "root", "netem", "delay",
            "\(Self.roundTrip / 2)ms", "loss", "\(Self.loss)%", "limit", "100000",
          ])
        // Else the devices pass pieces of 64 KiB, and a loss is one of them.
        try run(inside(holder) + [ip, "link", "set", Self.device, "gso_max_segs", "1"])
      }
    } catch {
      try run(inside(server) + [ip, "link", "delete", Self.device])
      throw error
    }
    try bringUp()
  }

  private mutating func joinByDelayLine() throws {
    let line = try DelayLine()
    for (name, holder) in zip(line.names, [server, client]) {
      try run([ip, "link", "set", name, "netns", "\(holder.identifier)"])
      try run(
        inside(holder) + [
          ip, "link", "set", name, "name", Self.device, "txqueuelen", "10000",
        ])
    }
    try bringUp()
    line.begin(delay: UInt64(Self.roundTrip) * 1_000_000 / 2, loss: Self.loss / 100)
    self.line = line
  }

  /// Content hosts send by BBR. By CUBIC these losses alone would hold a connection below 1 MB/s, and
  /// no limit would be reached.
  private mutating func chooseCongestionControl() {
    let choice = "echo bbr > /proc/sys/net/ipv4/tcp_congestion_control"
    hasBBR = (try? run(inside(server) + ["/bin/sh", "-c", choice])) != nil
  }

  private func bringUp() throws {
    for (holder, address) in [(server, serverAddress), (client, Self.clientAddress)] {
      for words in [
        ["addr", "add", address + "/24", "dev", Self.device],
        ["link", "set", "lo", "up"], ["link", "set", Self.device, "up"],
      ] { try run(inside(holder) + [ip] + words) }
    }
  }

  private func run(_ command: [String]) throws {
    try MeasuredProcess.run(command, output: log)
  }
}

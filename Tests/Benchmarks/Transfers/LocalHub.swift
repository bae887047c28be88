import Foundation

/// nginx as Hugging Face and as its content host: `resolve` answers with the file's facts and leads
/// to the content, as the hub does, so that the hub's own client works with it too.
struct LocalHub {
  let files: [HubFile]
  private let network: any Network
  private let hubPort: Int
  private let contentPort: Int
  private let process: MeasuredProcess

  private static let repository = "bench/models"
  private static let commit = "0123456789abcdef0123456789abcdef01234567"

  /// Starts the server and waits until it answers.
  ///
  /// - Parameters:
  ///   - folder: holds the files, and takes what nginx writes.
  ///   - bytesPerSecond: what one connection gets; nil for all that there is.
  init(
    serving files: [HubFile], in folder: String, network: any Network, bytesPerSecond: Int? = nil
  ) throws {
    self.files = files
    self.network = network
    hubPort = try FreePort.next()
    contentPort = try FreePort.next()
    let program = try InstalledProgram.path("nginx", for: "the local hub")
    let configuration = folder + "/nginx.conf"
    let text = Self.configuration(
      folder: folder, address: network.serverAddress, ports: (hubPort, contentPort), files: files,
      bytesPerSecond: bytesPerSecond)
    try text.write(toFile: configuration, atomically: false, encoding: .utf8)
    process = try MeasuredProcess(
      network.onServer([program, "-e", folder + "/errors", "-p", folder, "-c", configuration]),
      environment: [:], output: folder + "/nginx.log")
    try waitUntilItAnswers(folder)
  }

  func stop() { process.stop() }

  /// What `HF_ENDPOINT` is to be.
  var endpoint: String { "http://\(network.serverAddress):\(hubPort)" }

  /// The link of a file as the hub's pages have it.
  func link(_ file: HubFile) -> String {
    "\(endpoint)/\(Self.repository)/resolve/main/\(file.name)"
  }

  /// Where the hub's answer leads, for programs that know no hub.
  func content(_ file: HubFile) -> String {
    "http://\(network.serverAddress):\(contentPort)/\(file.name)"
  }

  /// The arguments of `hf download`.
  func clientArguments(_ file: HubFile) -> [String] { [Self.repository, file.name] }

  private func waitUntilItAnswers(_ folder: String) throws {
    let curl = try InstalledProgram.path("curl", for: "the local hub")
    for _ in 0..<100 where process.isRunning {
      let question = [curl, "-s", "-I", "-o", "/dev/null", content(files[0])]
      let answer = try MeasuredProcess(
        network.onClient(question), environment: [:], output: folder + "/curl.log"
      ).wait()
      if answer.status == 0 { return }
      usleep(50_000)
    }
    let log = (try? String(contentsOfFile: folder + "/errors", encoding: .utf8)) ?? ""
    throw BenchmarkError(description: "nginx does not answer.\n" + log.suffix(1000))
  }

  /// One process without a master, which leaves no workers behind when it is killed.
  private static func configuration(
    folder: String, address: String, ports: (hub: Int, content: Int), files: [HubFile],
    bytesPerSecond: Int?
  ) -> String {
    // A request has its connection to itself in HTTP/1.1, so the limit of a request is the
    // connection's.
    let limit = bytesPerSecond.map { "limit_rate \($0);" } ?? ""
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    let locations = files.map { file in
      """
            location ~ ^/\(repository)/resolve/[^/]+/\(file.name)$ {
              add_header X-Repo-Commit \(commit) always;
              add_header X-Linked-Size \(file.size) always;
              add_header X-Linked-Etag '"\(file.sha256)"' always;
              return 302 http://\(address):\(ports.content)/\(file.name);
            }
      """
    }.joined(separator: "\n")
    return """
      daemon off;
      master_process off;
      pid \(folder)/nginx.pid;
      events { worker_connections 1024; }
      http {
        access_log off;
        sendfile on;
        tcp_nopush on;
        default_type application/octet-stream;
        \(temporary)
        server {
          listen \(address):\(ports.hub);
      \(locations)
          location = /api/models/\(repository) {
            default_type application/json;
            return 200 '\(description(of: files))';
          }
          location ~ ^/api/models/\(repository)/revision/ {
            default_type application/json;
            return 200 '\(description(of: files))';
          }
          location ~ ^/api/models/\(repository)/tree/ {
            default_type application/json;
            return 200 '\(tree(of: files))';
          }
        }
        server {
          listen \(address):\(ports.content);
          root \(folder)/files;
          \(limit)
        }
      }
      """
  }

  private static func description(of files: [HubFile]) -> String {
    let names = files.map { #"{"rfilename":"\#($0.name)"}"# }.joined(separator: ",")
    return #"{"id":"\#(repository)","sha":"\#(commit)","private":false,"gated":false,"#
      + #""tags":[],"siblings":[\#(names)]}"#
  }

  private static func tree(of files: [HubFile]) -> String {
    let entries = files.map { file in
      #"{"type":"file","oid":"\#(commit)","size":\#(file.size),"path":"\#(file.name)","#
        + #""lfs":{"oid":"\#(file.sha256)","size":\#(file.size),"pointerSize":134}}"#
    }
    return "[" + entries.joined(separator: ",") + "]"
  }
}

/// Ports of which nobody made use a moment ago.
enum FreePort {
  static func next() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let outcome = withUnsafeMutablePointer(to: &name) { pointer in
      // A socket address of any family is a valid `sockaddr`.
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
      }
    }
    guard outcome else { throw BenchmarkError(description: "No port is free.") }
    return Int(UInt16(bigEndian: name.sin_port))
  }
}

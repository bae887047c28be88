import Downloads
import EngineServer
import Foundation

/// Where other machines may reach the engine, from `--listen` and the options for TLS.
struct ListenAddress: Sendable {
  /// A name or an address, without brackets.
  let host: String
  /// 0 for any free one.
  let port: Int
  let certificate: ServerCertificate?

  /// Nil without `--listen`.
  init?(
    _ text: String?, certificatePath: String?, keyPath: String?
  ) throws {
    guard (certificatePath == nil) == (keyPath == nil) else {
      throw CommandExit(.usage, "--tls-certificate and --tls-key go together.")
    }
    guard let text else {
      guard certificatePath == nil else {
        throw CommandExit(.usage, "--tls-certificate needs --listen.")
      }
      return nil
    }
    guard let colon = text.lastIndex(of: ":"),
      let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
    else { throw CommandExit(.usage, "--listen takes HOST:PORT, such as 127.0.0.1:8189.") }
    host = text[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    self.port = port
    guard !host.isEmpty else {
      throw CommandExit(.usage, "--listen takes HOST:PORT, such as 127.0.0.1:8189.")
    }
    certificate = try Self.certificate(certificatePath, keyPath)
  }

  private static func certificate(
    _ path: String?, _ keyPath: String?
  ) throws -> ServerCertificate? {
    guard let path, let keyPath else { return nil }
    do {
      return try ServerCertificate(certificatePath: path, keyPath: keyPath)
    } catch {
      throw CommandExit(.badInput, error.message)
    }
  }

  /// Whether only programs on this machine get here. `0.0.0.0` and `::` let everybody.
  var isLoopback: Bool {
    let name = host.lowercased()
    if name == "localhost" || name == "::1" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// What the user should know and do, a sentence or command each.
  ///
  /// - Parameters:
  ///   - port: the one that was given when any was asked for.
  ///   - machine: `user@host`, as ssh takes it.
  func warnings(port: Int, machine: String) -> [String] {
    if let certificate { return certificate.warnings }
    guard !isLoopback else { return [] }
    return [
      "Without TLS everybody on the way can read the key that comes to \(host):\(port), and use it.",
      "Listen on 127.0.0.1:\(port) instead and reach it through SSH, from the other machine: "
        + "ssh -N -L \(port):127.0.0.1:\(port) \(machine)",
      "Or give it a certificate: --tls-certificate FILE --tls-key FILE",
    ]
  }
}

extension Settings {
  /// The user and this machine, as ssh takes them.
  var machine: String {
    (variable("USER") ?? NSUserName()) + "@" + ProcessInfo.processInfo.hostName
  }
}

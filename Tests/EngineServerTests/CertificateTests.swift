import ComfyAPI
import ComfyClient
import Foundation
import TestCertificates
import Testing
import Transport

@testable import EngineServer

@Suite("TLS")
struct CertificateTests {
  @Test("requests and the feed go over it, for a client that trusts the authority")
  func served() async throws {
    let engine = FakeEngine()
    try await onSecurePort(engine) { client, _ in
      let features = try await client.features()
      #expect(features.winch != nil)
      var messages = client.messages().makeAsyncIterator()
      for _ in 0..<2 { _ = try await messages.next() }
      await engine.announce(.fake(downloaded: 30))
      #expect(try await messages.next() == .assetDownload(.fake(downloaded: 30)))
    }
  }

  @Test("bytes that are no TLS are not answered with HTTP, and leave the others alone")
  func plainText() async throws {
    try await onSecurePort(FakeEngine()) { client, port in
      for text in ["GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u{16}\u{3}\u{1}garbage"] {
        let socket = try RawSocket(port: port)
        defer { socket.close() }
        await socket.write(text)
        let answer = await socket.readToEnd()
        #expect(!answer.starts(with: "HTTP".utf8))
      }
      let features = try await client.features()
      #expect(features.winch != nil)
    }
  }

  @Test("a client that says nothing is put out in time", arguments: [false, true])
  func silent(isSecure: Bool) async throws {
    let limits = ServerLimits(handshakeTimeout: .milliseconds(200))
    let use: (Int) async throws -> Void = { port in
      let socket = try RawSocket(port: port)
      defer { socket.close() }
      let start = ContinuousClock.now
      #expect(await socket.readToEnd().isEmpty)
      #expect(ContinuousClock.now - start < .seconds(8))
    }
    if isSecure {
      try await onSecurePort(FakeEngine(), limits: limits) { _, port in try await use(port) }
    } else {
      let address = EngineServer.Address.tcp(host: "127.0.0.1", port: 0, key: "k")
      try await RunningServer.running(FakeEngine(), address, limits: limits) { port, _ in
        try await use(port ?? 0)
      }
    }
  }

  @Test("a file that is missing, no PEM, or of another pair is told in words")
  func badFiles() async throws {
    try await withTemporaryDirectory { directory in
      let files = try Files(directory)
      let cases = [
        (directory + "/none", files.key, "none cannot be read: No such file"),
        (files.certificate, directory + "/none", "none cannot be read: No such file"),
        (files.garbage, files.key, "holds no certificate in PEM"),
        (files.key, files.key, "holds no certificate in PEM"),
        (files.certificate, files.garbage, "holds no key in PEM"),
        (files.certificate, files.certificate, "holds no key in PEM"),
        (files.certificate, files.otherKey, "does not fit the certificate"),
        (directory, files.key, "cannot be read"),
      ]
      for (certificate, key, words) in cases {
        let error = try #require(throws: EngineServerError.self) {
          try ServerCertificate(certificatePath: certificate, keyPath: key)
        }
        #expect(error.message.contains(words), "\(error.message)")
      }
    }
  }

  @Test("a key that everybody can read is used, with a warning", arguments: [0o600, 0o640, 0o644])
  func publicKey(mode: Int) async throws {
    try await withTemporaryDirectory { directory in
      let files = try Files(directory)
      chmod(files.key, mode_t(mode))
      let certificate = try ServerCertificate(
        certificatePath: files.certificate, keyPath: files.key)
      #expect(certificate.warnings.isEmpty == (mode & 0o004 == 0))
    }
  }

  private struct Files {
    let certificate: String
    let key: String
    let otherKey: String
    let authority: String
    let garbage: String

    init(_ directory: String) throws {
      func write(_ name: String, _ text: String) throws -> String {
        let path = "\(directory)/\(name).pem"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
      }
      certificate = try write(
        "chain", TestCertificates.loopback.certificate + "\n" + TestCertificates.authority + "\n")
      key = try write("key", TestCertificates.loopback.privateKey + "\n")
      otherKey = try write("other", TestCertificates.elsewhere.privateKey + "\n")
      authority = try write("authority", TestCertificates.authority + "\n")
      garbage = try write("garbage", "-----BEGIN NONSENSE-----\n")
    }
  }

  /// Runs a server with TLS and a client that trusts its authority.
  private func onSecurePort(
    _ engine: FakeEngine, limits: ServerLimits = ServerLimits(),
    _ use: (ComfyClient, Int) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let files = try Files(directory)
      let certificate = try ServerCertificate(
        certificatePath: files.certificate, keyPath: files.key)
      let address = EngineServer.Address.tcp(
        host: "127.0.0.1", port: 0, key: RunningServer.key, certificate: certificate)
      try await RunningServer.running(engine, address, limits: limits) { port, _ in
        var configuration = TransportConfiguration(environment: [:])
        configuration.certificateFile = files.authority
        let client = ComfyClient(
          backend: Backend(
            name: "remote",
            address: .http(base: "https://localhost:\(port ?? 0)", key: APIKey(RunningServer.key))),
          transport: HTTPTransport(configuration: configuration))
        try await use(client, port ?? 0)
      }
    }
  }
}

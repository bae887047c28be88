import Foundation
import NIOSSL

/// What a server on a TCP port proves its name with, and encrypts by: TLS 1.2 or later.
public struct ServerCertificate: Sendable {
  let context: NIOSSLContext
  /// What works and yet should be repaired, a sentence each.
  public let warnings: [String]

  /// Reads a certificate, followed by those that lead from it to its authority, and its key; both
  /// as PEM, the key without a passphrase.
  ///
  /// - Throws: `EngineServerError` that says which file cannot be used and why.
  public init(certificatePath: String, keyPath: String) throws(EngineServerError) {
    let chain = try Self.certificates(certificatePath)
    let key = try Self.key(keyPath)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    do {
      context = try NIOSSLContext(configuration: configuration)
    } catch {
      throw .cannotListen("The key \(keyPath) does not fit the certificate \(certificatePath).")
    }
    warnings = Self.isPublic(keyPath) ? ["Everybody on this machine can read \(keyPath)."] : []
  }

  private static func certificates(_ path: String) throws(EngineServerError)
    -> [NIOSSLCertificate]
  {
    let bytes = try read(path, as: "certificate")
    guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
      throw .cannotListen("\(path) holds no certificate in PEM.")
    }
    return chain
  }

  private static func key(_ path: String) throws(EngineServerError) -> NIOSSLPrivateKey {
    let bytes = try read(path, as: "key")
    guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
      throw .cannotListen("\(path) holds no key in PEM without a passphrase.")
    }
    return key
  }

  private static func read(_ path: String, as what: String) throws(EngineServerError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .cannotListen("The \(what) \(path) cannot be read: \(systemMessage(errno)).")
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard let data = try? file.read(upToCount: largestFile) else {
      throw .cannotListen("The \(what) \(path) cannot be read.")
    }
    return Array(data)
  }

  /// Bytes; a chain has some kilobytes.
  private static let largestFile = 1 << 20

  private static func isPublic(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IROTH != 0
  }
}

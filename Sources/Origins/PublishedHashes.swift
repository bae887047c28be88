/// The hashes a source publishes for a file, each in lower-case hexadecimal or nil.
public struct PublishedHashes: Sendable, Equatable, Codable {
  public var sha256: String?
  /// SHA-1 of the git blob: the header `blob <size>`, a NUL, then the content.
  public var gitBlobSHA1: String?
  public var blake3: String?

  public init(sha256: String? = nil, gitBlobSHA1: String? = nil, blake3: String? = nil) {
    self.sha256 = Self.hexadecimal(sha256, digits: 64)
    self.gitBlobSHA1 = Self.hexadecimal(gitBlobSHA1, digits: 40)
    self.blake3 = Self.hexadecimal(blake3, digits: 64)
  }

  /// The strongest of them, with its kind before it; nil when nothing is published.
  var identity: String? {
    sha256.map { "sha256:" + $0 } ?? blake3.map { "blake3:" + $0 }
      ?? gitBlobSHA1.map { "git:" + $0 }
  }

  /// Nil for what is no hash of that length: verifying against it could never succeed.
  private static func hexadecimal(_ text: String?, digits: Int) -> String? {
    guard let text = text?.lowercased(), text.utf8.count == digits,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return text
  }
}

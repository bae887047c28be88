/// The hash of a file's content, spelled as in the contract: `blake3:` or `sha256:` and 64 digits.
public struct ContentHash: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case sha256, blake3
  }

  public let kind: Kind
  /// 64 lower-case hexadecimal digits.
  public let digits: String

  /// Nil unless these are 64 hexadecimal digits, of any case.
  public init?(_ kind: Kind, digits: String) {
    guard digits.utf8.count == 64, digits.utf8.allSatisfy(Self.isHexDigit) else { return nil }
    self.kind = kind
    self.digits = digits.lowercased()
  }

  /// Nil for what is no hash of a known kind; digits may be of any case.
  public init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":"), let kind = Kind(rawValue: String(text[..<colon]))
    else { return nil }
    self.init(kind, digits: String(text[text.index(after: colon)...]))
  }

  /// The contract's spelling.
  public var text: String { kind.rawValue + ":" + digits }

  /// What people call it.
  public var kindName: String {
    switch kind {
    case .sha256: "SHA-256"
    case .blake3: "BLAKE3"
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

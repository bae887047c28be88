/// Takes secrets out of text that is to leave this machine: those that are known, and what looks like one.
public struct SecretRedaction: Sendable {
  private let known: [String]

  /// What stands in for a secret.
  public static let mark = "[removed]"

  /// - Parameter secrets: tokens, keys and passwords; such of fewer than four characters are too short
  ///   to be told from other text, and are left to the patterns.
  public init(secrets: some Sequence<String>) {
    var all: Set<String> = []
    for secret in secrets where secret.count >= 4 {
      all.insert(secret)
      all.insert(secret.percentEncodedQueryValue)
    }
    // Of two that begin alike the longer must go first.
    known = all.sorted { ($1.count, $0) < ($0.count, $1) }
  }

  /// The text without secrets.
  public func redacted(_ text: String) -> String {
    var text = text
    for secret in known { text = text.replacing(secret, with: Self.mark) }
    text = Self.withoutUserInfo(text)
    text = text.replacing(Self.shapes, with: Self.mark)
    text = text.replacing(Self.bearer) { "\($0.1)\(Self.mark)" }
    return text.replacing(Self.assignment) { match in
      match.3 == Self.mark ? String(match.0) : "\(match.1)\(match.2)\(Self.mark)"
    }
  }

  /// URLs in the text without names and passwords before the host.
  public static func withoutUserInfo(_ text: String) -> String {
    text.replacing(userInfo) { "\($0.1)" }
  }

  // A regular expression is a value that nobody changes; its type does not say so.
  nonisolated(unsafe) private static let userInfo = /([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^\/\s"'<>]*@/

  // As above. Tokens by their shapes: Hugging Face's, GitHub's, AWS's, Comfy's, OpenAI's, and JSON web tokens.
  nonisolated(unsafe) private static let shapes =
    /\b(hf_[A-Za-z0-9_]{6,}|api_org_[A-Za-z0-9]{6,}|gh[pousr]_[A-Za-z0-9]{10,}|comfyui-[A-Za-z0-9_-]{8,}|winch-[0-9a-f]{32,}|sk-[A-Za-z0-9_-]{10,}|AKIA[A-Z0-9]{12,}|eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_.-]+)/

  // As above.
  nonisolated(unsafe) private static let bearer =
    /((?i:authorization|proxy-authorization|x-api-key|cookie)\\?["']?\s*[:=]\s*\\?["']?)(?:(?i:bearer|basic|token)\s+)?[^\s"',;\\]+/

  // As above. `token=…`, `"api_key": "…"`, `X-Amz-Signature=…`: a name that ends like a secret's, and its value.
  nonisolated(unsafe) private static let assignment =
    /((?i:[A-Za-z0-9_-]*(?:token|secret|password|passwd|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|signature|credential|security-token|policy)|\bkey))(\\?["']?\s*[:=]\s*\\?["']?)([^\s"'&,;}\\]+)/
}

extension String {
  /// As in a query: all but unreserved characters percent-encoded.
  fileprivate var percentEncodedQueryValue: String {
    let digits = Array("0123456789ABCDEF")
    return utf8.reduce(into: "") { text, byte in
      let scalar = Unicode.Scalar(byte)
      let isUnreserved =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || "-._~".unicodeScalars.contains(scalar)
      if isUnreserved {
        text.unicodeScalars.append(scalar)
      } else {
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}

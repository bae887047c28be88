import Foundation

/// The checked form of a backend's base URL.
struct BackendURL: Sendable, Equatable {
  var isSecure: Bool
  /// Lower case; an IPv6 address stands without brackets.
  var host: String
  var port: Int
  /// What precedes the contract's paths; no slash at its end.
  var path: String

  /// Nil unless it is an absolute `http` or `https` URL without user, query and fragment.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
      let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.host?.lowercased(), !host.isEmpty,
      parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
    else { return nil }
    isSecure = scheme == "https"
    self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    port = parts.port ?? (isSecure ? 443 : 80)
    guard (1...65535).contains(port) else { return nil }
    path = String(parts.percentEncodedPath.trimmingSuffix("/"))
  }

  /// Whether only this machine can be meant, so that nothing crosses a network.
  var isLoopback: Bool {
    host == "localhost" || host == "::1" || isLoopbackIPv4
  }

  /// Whether the host is an IP address and no name.
  var isAddress: Bool { host.contains(":") || isIPv4 }

  /// All of 127.0.0.0/8 is loopback, as long as it is an address and no name such as `127.example`.
  private var isLoopbackIPv4: Bool { isIPv4 && host.hasPrefix("127.") }

  private var isIPv4: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Host and port as a `Host` header takes them.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  var text: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(_ character: Character) -> SubSequence {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == character { end = index(before: end) }
    return self[..<end]
  }

  /// The text with all but RFC 3986's unreserved characters percent-encoded.
  var percentEncoded: String {
    utf8.reduce(into: "") { encoded, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }
}

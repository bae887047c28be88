extension HTTPRequest {
  /// Refuses what would not reach the wire as the caller wrote it: line breaks that would begin
  /// another header, and syntax by which libcurl means something else.
  func validate() throws(TransportError) {
    guard !method.isEmpty, method.utf8.allSatisfy(\.isLetter) else {
      throw TransportError(.invalidRequest, "the request method is no HTTP method")
    }
    for (name, value) in headers {
      guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
        throw TransportError(.invalidRequest, "a request header has an invalid name")
      }
      guard value.utf8.allSatisfy(\.isFieldCharacter) else {
        throw TransportError(.invalidRequest, "the request header \(name) has an invalid value")
      }
    }
    if let unixSocketPath { try Self.validate(unixSocketPath: unixSocketPath) }
  }

  /// `sockaddr_un.sun_path` holds 108 bytes on Linux (unix(7)), the closing NUL included.
  private static func validate(unixSocketPath path: String) throws(TransportError) {
    guard !path.isEmpty, path.utf8.count < 108, !path.utf8.contains(0) else {
      throw TransportError(.invalidRequest, "the path of the socket is empty or too long")
    }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self & 0xDF) && self < 0x80
  }

  /// `tchar` of RFC 9110, section 5.6.2.
  fileprivate var isTokenCharacter: Bool {
    isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || "!#$%&'*+-.^_`|~".utf8.contains(self)
  }

  fileprivate var isFieldCharacter: Bool { self == 0x09 || (self >= 0x20 && self != 0x7F) }
}

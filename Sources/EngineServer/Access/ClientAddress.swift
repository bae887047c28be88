import NIOCore

/// Whom failed attempts are counted for: an IPv4 address, or the network of an IPv6 address, of
/// which one client has as many as it likes (RFC 6177).
struct ClientAddress: Sendable, Hashable {
  private let bytes: [UInt8]

  /// All clients without an IP address are one.
  init(_ address: SocketAddress?) {
    switch address {
    case .v4(let address):
      bytes = withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
    case .v6(let address):
      let all = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
      // A socket for both families shows IPv4 clients as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2).
      let isMapped = all.prefix(12) == Self.mappedPrefix
      bytes = Array(isMapped ? all.suffix(4) : all.prefix(8))
    default: bytes = []
    }
  }

  private static let mappedPrefix: ArraySlice<UInt8> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
}

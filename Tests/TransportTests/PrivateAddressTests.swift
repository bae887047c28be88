import CCurl
import Foundation
import Testing
import Transport

@Suite("Private addresses", .timeLimit(.minutes(10)))
struct PrivateAddressTests {
  private func isPrivate(_ text: String) throws -> Bool {
    var v4 = sockaddr_in()
    v4.sin_family = sa_family_t(AF_INET)
    if inet_pton(AF_INET, text, &v4.sin_addr) == 1 {
      return withUnsafePointer(to: v4) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, winch_curl_is_private_address)
      }
    }
    var v6 = sockaddr_in6()
    v6.sin6_family = sa_family_t(AF_INET6)
    try #require(inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
    return withUnsafePointer(to: v6) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, winch_curl_is_private_address)
    }
  }

  @Test(
    "are those of this machine, of private networks and of no host at all",
    arguments: [
      "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
      "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::127.0.0.1",
    ])
  func privateOnes(address: String) throws { #expect(try isPrivate(address)) }

  @Test(
    "are not those of the public network",
    arguments: [
      "1.1.1.1", "172.32.0.1", "172.15.255.255", "100.63.255.255", "100.128.0.1", "192.0.1.1",
      "198.17.0.1", "2606:4700::1111", "::ffff:1.1.1.1",
    ])
  func publicOnes(address: String) throws { #expect(try !isPrivate(address)) }

  @Test("are not connected to where a request says so", arguments: ["127.0.0.1", "localhost"])
  func refused(host: String) async throws {
    let listener = try ListeningSocket.open(at: nil)
    defer { close(listener) }
    var request = HTTPRequest(url: "http://\(host):\(try ListeningSocket.port(of: listener))/")
    request.refusesPrivateAddresses = true
    let transport = HTTPTransport(configuration: .init(environment: [:]))
    #expect(await transport.failure(of: request) == .privateAddress)
  }
}

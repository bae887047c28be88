import CCurl

/// Where a request goes, as libcurl itself reads the URL: two parsers that disagree about the host
/// would be a hole.
struct RequestTarget {
  /// The host, or the path of the socket: what error messages may name.
  let place: String

  init(_ request: HTTPRequest) throws(TransportError) {
    let host = try Self.host(of: request.url)
    place = request.unixSocketPath.map(\.printable) ?? host.printable
  }

  private static func host(of url: String) throws(TransportError) -> String {
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parser = curl_url() else {
      throw TransportError(.invalidURL, "the URL holds characters that must be percent-encoded")
    }
    defer { curl_url_cleanup(parser) }
    let flags = UInt32(CURLU_DISALLOW_USER)
    guard curl_url_set(parser, CURLUPART_URL, url, flags) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME, of: parser), let host = part(CURLUPART_HOST, of: parser)
    else { throw TransportError(.invalidURL, "this is not a URL that can be fetched") }
    guard ["http", "https"].contains(scheme.lowercased()), !host.isEmpty else {
      throw TransportError(.invalidURL, "only http and https URLs can be fetched")
    }
    return host
  }

  private static func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parser, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}

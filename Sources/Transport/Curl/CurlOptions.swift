import CCurl

/// Turns a request into options of an easy handle.
struct CurlOptions {
  let easy: UnsafeMutableRawPointer

  func apply(
    _ request: HTTPRequest, _ configuration: TransportConfiguration
  ) throws(TransportError) {
    try setAddress(of: request, configuration)
    try setConduct()
    try setTimeouts(of: request)
    try setMethod(of: request)
    try setIdentity(configuration)
  }

  private func setAddress(
    of request: HTTPRequest, _ configuration: TransportConfiguration
  ) throws(TransportError) {
    try set(CURLOPT_URL, request.url)
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    // The URL may be signed, so its path goes out as it was written.
    try set(CURLOPT_PATH_AS_IS, 1)
    if let path = request.unixSocketPath { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
    if request.unixSocketPath != nil || !configuration.usesEnvironmentProxies {
      try set(CURLOPT_PROXY, "")
    }
  }

  /// - Parameter refused: becomes true when an address was refused.
  func setPublicAddressesOnly(
    of request: HTTPRequest, _ configuration: TransportConfiguration,
    refused: UnsafeMutablePointer<Bool>
  ) throws(TransportError) {
    let isProxied = configuration.usesEnvironmentProxies && configuration.hasEnvironmentProxy
    guard request.refusesPrivateAddresses, request.unixSocketPath == nil, !isProxied else { return }
    try check(winch_curl_refuse_private_addresses(easy, refused))
  }

  private func setConduct() throws(TransportError) {
    // Ranges of one file run over a connection each only without HTTP/2's streams.
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    // Signals are the program's; name lookups run on threads of libcurl and need none.
    try set(CURLOPT_NOSIGNAL, 1)
    // Removing a handle does not wait for a name lookup that hangs.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try set(CURLOPT_BUFFERSIZE, 128 << 10)
    try set(CURLOPT_TCP_KEEPALIVE, 1)
    try set(CURLOPT_TCP_KEEPIDLE, 30)
    try set(CURLOPT_TCP_KEEPINTVL, 15)
    try check(winch_curl_set_close_on_exec(easy))
  }

  private func setTimeouts(of request: HTTPRequest) throws(TransportError) {
    try set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.timeoutMilliseconds)
    if let total = request.totalTimeout { try set(CURLOPT_TIMEOUT_MS, total.timeoutMilliseconds) }
  }

  private func setMethod(of request: HTTPRequest) throws(TransportError) {
    if let body = request.body ?? (Self.needsBody(request.method) ? [] : nil) {
      try check(
        body.withUnsafeBytes { winch_curl_set_request_body(easy, $0.baseAddress, $0.count) })
    }
    // Without this libcurl would wait for a body that the answer to HEAD does not have.
    if request.method == "HEAD" { try set(CURLOPT_NOBODY, 1) }
    try set(CURLOPT_CUSTOMREQUEST, request.method)
    // On a kept connection that turns out to be dead libcurl sends the request again, and a request
    // that is not idempotent could then happen twice.
    if request.usesNewConnection || ["POST", "PATCH"].contains(request.method) {
      try set(CURLOPT_FRESH_CONNECT, 1)
    }
  }

  /// These methods announce the length of their body also when there is none.
  private static func needsBody(_ method: String) -> Bool {
    ["POST", "PUT", "PATCH"].contains(method)
  }

  private func setIdentity(_ configuration: TransportConfiguration) throws(TransportError) {
    try set(CURLOPT_USERAGENT, configuration.userAgent)
    if let file = configuration.certificateFile { try set(CURLOPT_CAINFO, file) }
    if let directory = configuration.certificateDirectory { try set(CURLOPT_CAPATH, directory) }
  }

  /// Returns the list, which the caller frees after the transfer.
  func setHeaders(
    of request: HTTPRequest
  ) throws(TransportError) -> UnsafeMutablePointer<curl_slist>? {
    // A name without value takes away what libcurl would send by itself: `Expect` costs a round trip,
    // and its guess of a form as the body's type is wrong here.
    var lines = ["Expect:"]
    if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
    // libcurl spells an empty value with a semicolon (CURLOPT_HTTPHEADER(3)).
    lines += request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl_slist_append(list, line) else {
        curl_slist_free_all(list)
        throw TransportError(option: CURLE_OUT_OF_MEMORY)
      }
      list = longer
    }
    try check(winch_curl_set_list(easy, CURLOPT_HTTPHEADER, list))
    return list
  }

  func setReceivers(
    body: winch_curl_receiver, header: winch_curl_receiver, context: UnsafeMutableRawPointer
  ) throws(TransportError) {
    try check(winch_curl_set_body_receiver(easy, body, context))
    try check(winch_curl_set_header_receiver(easy, header, context))
    try check(winch_curl_set_pointer(easy, CURLOPT_PRIVATE, context))
  }

  func setErrorText(_ buffer: UnsafeMutablePointer<CChar>) throws(TransportError) {
    try check(winch_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, buffer))
  }

  private func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
    try check(winch_curl_set_number(easy, option, value))
  }

  private func set(_ option: CURLoption, _ text: String) throws(TransportError) {
    try check(winch_curl_set_text(easy, option, text))
  }

  private func check(_ code: CURLcode) throws(TransportError) {
    guard code == CURLE_OK else { throw TransportError(option: code) }
  }
}

import CCurl

/// One request on its way: an easy handle and what libcurl's callbacks need to know about it.
///
/// Used by the thread of `CurlLoop` only.
final class CurlTransfer {
  let easy: UnsafeMutableRawPointer
  let channel: ResponseChannel
  let place: String

  private var parser: ResponseHeadParser
  private var stallWatch: StallWatch
  private let started: ContinuousClock.Instant
  private let clock = ContinuousClock()
  private var receivedBytes = 0
  /// Why a callback made libcurl stop; its own code would only say that a callback did.
  private var refusal: TransportError?
  /// Kept for libcurl, which reads the list during the transfer.
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  /// Whether a private address was refused.
  private let refusedAddress: UnsafeMutablePointer<Bool>

  init(
    _ request: HTTPRequest, _ target: RequestTarget, _ channel: ResponseChannel,
    _ configuration: TransportConfiguration
  ) throws(TransportError) {
    guard let easy = curl_easy_init() else { throw TransportError(option: CURLE_OUT_OF_MEMORY) }
    self.easy = easy
    self.channel = channel
    place = target.place
    parser = ResponseHeadParser(url: request.url)
    started = clock.now
    stallWatch = StallWatch(timeout: request.stallTimeout, now: started)
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    refusedAddress = .allocate(capacity: 1)
    refusedAddress.initialize(to: false)
    let options = CurlOptions(easy: easy)
    try options.apply(request, configuration)
    headerList = try options.setHeaders(of: request)
    try options.setReceivers(body: bodyReceiver, header: headerReceiver, context: context)
    try options.setErrorText(errorText)
    try options.setPublicAddressesOnly(of: request, configuration, refused: refusedAddress)
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerList)
    errorText.deallocate()
    refusedAddress.deallocate()
  }

  /// `CurlLoop` holds the transfer for as long as libcurl holds the pointer.
  private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static func from(_ context: UnsafeMutableRawPointer) -> CurlTransfer {
    Unmanaged.fromOpaque(context).takeUnretainedValue()
  }
}

// MARK: - What libcurl calls

/// A C function cannot capture, so the transfer comes as the context pointer.
private func bodyReceiver(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return CurlTransfer.from(context).receiveBody(bytes)
}

private func headerReceiver(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let bytes = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return CurlTransfer.from(context).receiveHeader(bytes)
}

extension CurlTransfer {
  fileprivate func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard channel.offer(bytes) else {
      stallWatch.pause()
      return winch_curl_pause()
    }
    receivedBytes += bytes.count
    stallWatch.noteActivity(at: clock.now)
    return bytes.count
  }

  fileprivate func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
    stallWatch.noteActivity(at: clock.now)
    switch parser.read(line) {
    case .more: break
    case .head(let head): channel.deliver(head)
    case .tooLong:
      refusal = TransportError(
        .other(code: Int(CURLE_WEIRD_SERVER_REPLY.rawValue)),
        "\(place) sent more header bytes than are allowed")
      return 0
    }
    return line.count
  }
}

// MARK: - What the loop calls

extension CurlTransfer {
  /// Lets libcurl offer the refused bytes again, which may pause it anew.
  func resume() -> CURLcode {
    stallWatch.resume(at: clock.now)
    return winch_curl_resume(easy)
  }

  /// Nil while the reader makes the transfer wait. Connecting has its own timeout, so silence counts
  /// from the moment the request could be sent.
  func stallDeadline(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    let microseconds = winch_curl_offset_info(easy, CURLINFO_PRETRANSFER_TIME_T)
    let isConnected = microseconds > 0
    stallWatch.noteActivity(
      at: isConnected ? started.advanced(by: .microseconds(microseconds)) : now)
    stallWatch.noteUploaded(winch_curl_offset_info(easy, CURLINFO_SIZE_UPLOAD_T), at: now)
    return stallWatch.deadline
  }

  var stalledError: TransportError {
    TransportError(.stalled, "\(place) sent nothing for too long")
  }

  func result(of code: CURLcode) -> Result<Void, TransportError> {
    guard code != CURLE_OK else { return .success(()) }
    if let refusal { return .failure(refusal) }
    if refusedAddress.pointee, code == CURLE_COULDNT_CONNECT {
      return .failure(
        TransportError(
          .privateAddress, "\(place) has a private address, where no other site may lead"))
    }
    let failure = CurlFailure(
      code: code, place: place, receivedBytes: receivedBytes,
      isConnected: winch_curl_offset_info(easy, CURLINFO_PRETRANSFER_TIME_T) > 0,
      systemError: Int32(winch_curl_number_info(easy, CURLINFO_OS_ERRNO)),
      proxyStatus: winch_curl_number_info(easy, CURLINFO_HTTP_CONNECTCODE),
      detail: String(cString: errorText))
    return .failure(TransportError(failure))
  }
}

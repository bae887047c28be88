import Downloads
import Transport

extension OriginResolver {
  /// Asks for the bytes from `offset` on, to `last` inclusive or to the end.
  ///
  /// A range is asked for even at 0: the content host refuses the largest files without one. The
  /// answer is checked before a byte is handed out: where it begins, how long the file is, and that it
  /// is no web page in place of a model.
  public func content(
    of file: ResolvedFile, from offset: Int64, through last: Int64? = nil
  ) async throws(OriginError) -> ContentStream {
    try await content(at: file.link, knownSize: file.size, from: offset, through: last)
  }

  func content(
    at link: ContentLink, knownSize: Int64?, from offset: Int64, through last: Int64?
  ) async throws(OriginError) -> ContentStream {
    var url = link.url
    var authorization = link.authorization
    for _ in 0...Self.mostRedirects {
      var request = request(url, authorization: authorization)
      request.headers["Range"] = "bytes=\(offset)-" + (last.map { String($0) } ?? "")
      let stream = try await stream(request)
      guard let target = try Self.target(of: stream.head, from: url) else {
        let answer = ContentAnswer(
          head: stream.head, host: url.host, offset: offset, knownSize: knownSize)
        let start = try answer.start()
        return ContentStream(
          start: start, isWhole: stream.status == 200, total: answer.total,
          contentType: stream.headers["Content-Type"],
          host: url.authority, validator: answer.validator, body: stream.body)
      }
      if target.origin != url.origin { authorization = nil }
      url = target
    }
    throw Self.tooManyRedirects(url.host)
  }

  private func stream(_ request: HTTPRequest) async throws(OriginError) -> HTTPStream {
    do {
      let stream = try await transport.stream(request)
      tell(request, stream.head)
      return stream
    } catch {
      tell(request, nil)
      throw OriginError(error)
    }
  }
}

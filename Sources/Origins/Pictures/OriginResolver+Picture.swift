import Downloads
import Transport

extension OriginResolver {
  /// The file of a picture that shows what a model makes: whatever bytes the source sends, of at most
  /// `limit`. Nobody has looked into them.
  ///
  /// A picture is only fetched from the source itself, and from where the source redirects to; no token
  /// goes there.
  ///
  /// - Throws: also when there is no picture, with `RESOURCE_NOT_FOUND` and `.giveUp`.
  public func picture(
    of reference: ModelReference, limit: Int
  ) async throws(OriginError) -> [UInt8] {
    let urls =
      switch reference {
      case .huggingFace(let file): try await pictures(of: file)
      case .civitai(let file): try await pictures(of: file)
      }
    var refusal = Self.noPicture("The source shows none.")
    for url in urls {
      do throws(OriginError) {
        return try await picture(at: url, limit: limit)
      } catch {
        refusal = error
      }
    }
    throw refusal
  }

  static func noPicture(_ message: String) -> OriginError {
    OriginError("RESOURCE_NOT_FOUND", message, .giveUp)
  }

  private func picture(at url: HTTPURL, limit: Int) async throws(OriginError) -> [UInt8] {
    var url = url
    for _ in 0...Self.mostRedirects {
      // A picture of a private repository needs the token that the repository needs.
      let authorization = credentials.authorization(for: url, hosts: hosts)
      var request = request(url, authorization: authorization)
      request.headers["Accept"] = "image/webp, image/png, image/jpeg"
      request.totalTimeout = .seconds(30)
      let response = try await send(request, limit: limit)
      guard let target = try Self.target(of: response.head, from: url) else {
        guard response.status == 200 else {
          throw OriginError.status(
            response.status, host: url.host, retryAfter: RetryAfter.seconds(response.headers))
        }
        return response.body
      }
      url = target
    }
    throw Self.tooManyRedirects(url.host)
  }
}

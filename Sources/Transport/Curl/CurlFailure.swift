import CCurl
import Foundation

/// What is known when libcurl ends a transfer with an error.
struct CurlFailure {
  var code: CURLcode
  /// The host or socket that was asked.
  var place: String
  var receivedBytes: Int
  var isConnected: Bool
  /// `errno` of the last connection attempt, or 0.
  var systemError: Int32
  /// What a proxy answered when asked for a tunnel, or 0.
  var proxyStatus: Int
  /// libcurl's own sentence. It may quote a certificate of the server.
  var detail: String
}

extension TransportError {
  /// A `CURLcode` of curl/curl.h as an answer to "does it help to ask again?".
  init(_ failure: CurlFailure) {
    let place = failure.place
    switch failure.code {
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
      self.init(.invalidURL, "this is not a URL that can be fetched")
    case CURLE_COULDNT_RESOLVE_HOST:
      self.init(.couldNotResolve, "the name \(place) could not be looked up")
    case CURLE_COULDNT_RESOLVE_PROXY:
      self.init(.couldNotResolve, "the name of the proxy could not be looked up")
    case CURLE_COULDNT_CONNECT:
      self.init(.couldNotConnect, "could not connect to \(place)\(failure.systemErrorText)")
    // A handshake may also fail because the line broke in the middle of it, so it counts as passing.
    case CURLE_SSL_CONNECT_ERROR, CURLE_PROXY:
      self.init(.couldNotConnect, "could not connect to \(place)\(failure.detailText)")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_SSL_CLIENTCERT:
      self.init(.tls, "no trusted connection to \(place)\(failure.detailText)")
    case CURLE_OPERATION_TIMEDOUT:
      let words = failure.isConnected ? "did not answer in time" : "could not be reached in time"
      self.init(.timedOut, "\(place) \(words)")
    case CURLE_RECV_ERROR where failure.proxyStatus >= 300:
      self.init(
        .couldNotConnect, "the proxy refused a connection to \(place) (\(failure.proxyStatus))")
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2,
      CURLE_HTTP2_STREAM, CURLE_SSL_SHUTDOWN_FAILED:
      self.init(
        .interrupted(receivedBytes: failure.receivedBytes),
        "the connection to \(place) broke before the answer was complete")
    default:
      self.init(
        .other(code: Int(failure.code.rawValue)),
        "the request to \(place) failed: \(failure.code.text)")
    }
  }

  /// An option that libcurl would not take, or no memory for it.
  init(option code: CURLcode) {
    self.init(
      .other(code: Int(code.rawValue)), "the request could not be prepared: \(code.text)")
  }
}

extension CurlFailure {
  fileprivate var systemErrorText: String {
    systemError == 0 ? "" : ": " + String(cString: strerror(systemError))
  }

  fileprivate var detailText: String { detail.isEmpty ? "" : ": " + detail.printable }
}

extension CURLcode {
  fileprivate var text: String { String(cString: curl_easy_strerror(self)) }
}

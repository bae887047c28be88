import CCurl

/// Versions of the libraries that carry requests.
public enum LibraryVersions {
  /// libcurl with what it uses for TLS, such as `libcurl/7.88.1 OpenSSL/3.0.15`.
  public static var curl: String {
    String(cString: curl_version()).split(separator: " ").prefix(2).joined(separator: " ")
  }
}

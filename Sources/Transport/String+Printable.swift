extension String {
  /// With everything but printable ASCII replaced, for text that ends up in an error message.
  var printable: String {
    String(unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
  }
}

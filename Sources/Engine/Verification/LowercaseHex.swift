extension Sequence<UInt8> {
  /// Two lowercase hexadecimal digits for each byte, the spelling in which hashes are published.
  var lowercaseHex: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xf)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

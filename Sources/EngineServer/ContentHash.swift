/// The spelling of content hashes in the contract.
enum ContentHash {
  /// `blake3:` or `sha256:` and 64 lower-case hex digits.
  static func isValid(_ text: String) -> Bool {
    guard text.hasPrefix("blake3:") || text.hasPrefix("sha256:") else { return false }
    let digits = text.utf8.dropFirst(7)
    return digits.count == 64
      && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension Refusal {
  static func badHash(_ field: String) -> Refusal {
    .invalid(field, "A hash is blake3: or sha256: and 64 lower-case hex digits.")
  }
}

import ComfyAPI

extension ContentHash {
  /// Whether a request spells a hash as the contract does: with lower-case digits.
  static func isValid(_ text: String) -> Bool { ContentHash(text)?.text == text }
}

extension Refusal {
  static func badHash(_ field: String) -> Refusal {
    .invalid(field, "A hash is blake3: or sha256: and 64 lower-case hex digits.")
  }
}

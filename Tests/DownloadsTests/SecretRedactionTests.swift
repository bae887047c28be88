import HostileInput
import Testing

@testable import Downloads

@Suite("Taking secrets out of text") struct SecretRedactionTests {
  private static let redaction = SecretRedaction(secrets: ["s3cret/+word", "s3cret", "abc"])

  @Test(
    "known ones go wherever they stand, percent-encoded ones too",
    arguments: [
      ("a s3cret/+word b", "a [removed] b"), ("x=s3cret%2F%2Bword&y", "x=[removed]&y"),
      ("[s3cret]", "[[removed]]"), ("abc stays", "abc stays"),
    ])
  func known(text: String, expected: String) {
    #expect(Self.redaction.redacted(text) == expected)
  }

  @Test(
    "unknown ones go by their shape",
    arguments: [
      "hf_abcdefghij", "ghp_abcdefghijkl", "comfyui-0123456789abcdef", "sk-abcdefghijklmno",
      "eyJhbGciOi.eyJzdWIi.c2ln", "AKIAABCDEFGHIJKLMNOP",
    ])
  func shapes(secret: String) {
    let text = Self.redaction.redacted("before \(secret), after")
    #expect(!text.contains(secret))
    #expect(text.hasPrefix("before [removed]"))
    #expect(text.hasSuffix("after"))
  }

  @Test(
    "and by the names before them",
    arguments: [
      ("Authorization: Bearer QWERTY1", "QWERTY1"), ("authorization=Basic UVdFUlRZ", "UVdFUlRZ"),
      ("X-API-Key: QWERTY2", "QWERTY2"), (#"{"api_key": "QWERTY3"}"#, "QWERTY3"),
      ("https://h/f?token=QWERTY4&x=1", "QWERTY4"), ("X-Amz-Signature=QWERTY5", "QWERTY5"),
      ("password: QWERTY6", "QWERTY6"), ("key: 'QWERTY7'", "QWERTY7"),
      (#"{\"secret\":\"QWERTY8\"}"#, "QWERTY8"), ("HF_TOKEN=QWERTY9", "QWERTY9"),
      ("Key-Pair-Id=x&Policy=QWERTY10&Signature=y", "QWERTY10"),
    ])
  func names(text: String, secret: String) {
    let redacted = Self.redaction.redacted(text)
    #expect(!redacted.contains(secret), "\(redacted)")
    #expect(redacted.contains("[removed]"))
  }

  @Test(
    "users and passwords before a host go, the host stays",
    arguments: [
      ("proxy http://me:pa@ss@host:3128 set", "proxy http://host:3128 set"),
      ("socks5h://u@h", "socks5h://h"), ("https://h/a@b", "https://h/a@b"),
    ])
  func userInfo(text: String, expected: String) {
    #expect(Self.redaction.redacted(text) == expected)
  }

  @Test(
    "what is no secret stays",
    arguments: [
      "https://huggingface.co/org/repo/resolve/main/m.safetensors", "tokens: none",
      #"{"status":"ok","bytes_per_second":12}"#, "keys: {j: down}", "models/vae/ae.safetensors",
      "2026-01-31T12:00:00Z info completed path=loras/x.safetensors verified=true",
    ])
  func harmless(text: String) { #expect(Self.redaction.redacted(text) == text) }

  @Test("doing it twice changes nothing more") func twice() {
    let text = "token=QWERTY http://a:b@h Authorization: Bearer X hf_abcdefgh"
    let once = Self.redaction.redacted(text)
    #expect(Self.redaction.redacted(once) == once)
  }
}

import CBlake3

/// The input of the official test vectors: the bytes 0, 1, … 250, and again from 0.
func patternBytes(_ count: Int) -> [UInt8] {
  (0..<count).map { UInt8($0 % 251) }
}

/// Hashes pieces in order and returns the hash as lowercase hexadecimal digits.
func blake3(pieces: [ArraySlice<UInt8>]) -> String {
  var hasher = emptyHasher()
  for piece in pieces { append(piece, to: &hasher) }
  return digest(of: hasher)
}

func blake3(_ bytes: [UInt8]) -> String {
  blake3(pieces: [bytes[...]])
}

func emptyHasher() -> winch_blake3_hasher {
  var hasher = winch_blake3_hasher()
  winch_blake3_init(&hasher)
  return hasher
}

func append(_ bytes: ArraySlice<UInt8>, to hasher: inout winch_blake3_hasher) {
  bytes.withUnsafeBytes { winch_blake3_update(&hasher, $0.baseAddress, $0.count) }
}

func digest(of hasher: winch_blake3_hasher) -> String {
  var hasher = hasher
  var hash = [UInt8](repeating: 0, count: Int(WINCH_BLAKE3_HASH_LENGTH))
  winch_blake3_finalize(&hasher, &hash)
  return hexadecimal(hash)
}

/// The chaining value of bytes that begin at that chunk of a longer input.
func subtreeValue(of bytes: ArraySlice<UInt8>, firstChunk: UInt64) -> String {
  var hasher = winch_blake3_hasher()
  winch_blake3_init_subtree(&hasher, firstChunk)
  append(bytes, to: &hasher)
  return hexadecimal(chainingValue(of: hasher))
}

func chainingValue(of hasher: winch_blake3_hasher) -> [UInt8] {
  var hasher = hasher
  var value = [UInt8](repeating: 0, count: Int(WINCH_BLAKE3_HASH_LENGTH))
  winch_blake3_finalize_subtree(&hasher, &value)
  return value
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

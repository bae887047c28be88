/// The number format that a file's name tells of, as authors write it.
enum PrecisionName {
  /// The last of the known words in a path; nil when there is none.
  static func found(in path: String) -> String? {
    let words = path.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(
      String.init)
    return words.reversed().lazy.compactMap(name).first
  }

  private static func name(_ word: String) -> String? {
    if let quantization = quantizations.first(where: { word == $0 || word.hasSuffix("_" + $0) }) {
      return quantization.uppercased()
    }
    return floats.first { word == $0 || word.hasSuffix("_" + $0) || word.hasPrefix($0 + "_") }
  }

  private static let floats = [
    "fp8_e4m3fn", "fp8_e5m2", "fp8_scaled", "mxfp8", "nvfp4", "fp32", "fp16", "bf16", "fp8", "int8",
    "int4", "nf4",
  ]

  private static let quantizations = [
    "q8_0", "q6_k", "q5_k_m", "q5_k_s", "q5_0", "q5_1", "q4_k_m", "q4_k_s", "q4_0", "q4_1",
    "q3_k_m",
    "q3_k_s", "q3_k_l", "q2_k", "iq4_xs", "iq4_nl", "iq3_m", "iq2_m",
  ]
}

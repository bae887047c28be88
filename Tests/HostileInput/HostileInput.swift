import Foundation

/// Random and mutated inputs for parsers, the same in every run: SplitMix64 from a seed.
public struct HostileInput: RandomNumberGenerator {
  /// How many inputs each parser gets; `WINCH_FUZZ` makes it more.
  public static let count =
    ProcessInfo.processInfo.environment["WINCH_FUZZ"].flatMap { Int($0) } ?? 5000

  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of the inputs with some bytes changed, inserted, removed, repeated or joined.
  public mutating func mutate(_ inputs: [[UInt8]]) -> [UInt8] {
    var bytes = inputs.randomElement(using: &self) ?? []
    for _ in 0..<Int.random(in: 0...6, using: &self) {
      let place = Int.random(in: 0...bytes.count, using: &self)
      switch Int.random(in: 0..<6, using: &self) {
      case 0 where place < bytes.count: bytes[place] = .random(in: 0...255, using: &self)
      case 1: bytes.insert(.random(in: 0...255, using: &self), at: place)
      case 2 where place < bytes.count: bytes.remove(at: place)
      case 3: bytes.insert(contentsOf: "%/@:?#&+.\\~[]\u{0}".utf8.shuffled(using: &self), at: place)
      case 4: bytes.insert(contentsOf: bytes.suffix(bytes.count - place), at: place)
      default: bytes += inputs.randomElement(using: &self) ?? []
      }
    }
    return Array(bytes.prefix(20_000))
  }

  /// The same for texts; what is no UTF-8 is replaced.
  public mutating func mutate(_ texts: [String]) -> String {
    String(decoding: mutate(texts.map { Array($0.utf8) }), as: UTF8.self)
  }
}

import Foundation
import Testing

@testable import Downloads

/// Random and mutated inputs, from a seed: nothing traps, and nothing unsafe comes out.
///
/// `WINCH_FUZZ` sets how many inputs each parser gets.
@Suite("Hostile input")
struct HostileInputTests {
  private let count = ProcessInfo.processInfo.environment["WINCH_FUZZ"].flatMap { Int($0) } ?? 5000

  @Test("links")
  func links() throws {
    let hosts = try SourceHosts(environment: [:])
    let seeds = [
      "https://huggingface.co/o/n/resolve/main/a/b%20c.safetensors?download=true#L1",
      "hf://datasets/o/n@refs/pr/3/train.json", "https://civitai.com/models/5/x?modelVersionId=6",
      "urn:air:sdxl:checkpoint:civitai:827184@2514310+2402203.safetensors",
      "https://civitai.com/api/download/models/12?type=Model&token=SECRET&fileId=3",
    ]
    var generator = SplitMix64(seed: 1)
    for _ in 0..<count {
      let text = String(decoding: generator.mutate(seeds.map { Array($0.utf8) }), as: UTF8.self)
      _ = PastedText.lines(text, hosts: hosts)
      guard let reference = try? PastedReference(text, hosts: hosts) else { continue }
      let url = reference.canonicalURL
      #expect(url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      let parsed = try #require(HTTPURL(url))
      #expect(parsed.scheme == "https")
      #expect(hosts.isHuggingFace(parsed) || hosts.isCivitai(parsed), "\(url)")
      #expect(!parsed.queryItems.contains { $0.name == "token" })
      // What was understood once is understood the same way again.
      #expect((try? PastedReference(url, hosts: hosts))?.canonicalURL == url, "\(text) \(url)")
    }
  }

  @Test("headers of files")
  func headers() {
    let json = #"{"__metadata__":{"a":"b"},"t":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#
    let safetensors = [UInt8(json.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
    let gguf =
      Array("GGUF".utf8) + [3, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0] + [1, 0, 0, 0, 0, 0, 0, 0]
      + [1, 0, 0, 0, 0, 0, 0, 0, 0x61, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x62]
    var generator = SplitMix64(seed: 2)
    for number in 0..<count {
      let bytes = generator.mutate([safetensors, gguf])
      let size: Int64? = number.isMultiple(of: 2) ? nil : Int64(bytes.count)
      let name = number.isMultiple(of: 3) ? "m.gguf" : "m.safetensors"
      _ = try? FileStart(bytes, size: size).header(named: name)
    }
  }

  @Test("file names")
  func names() {
    let seeds = ["../../etc/passwd", "C:\\x.safetensors", "a\u{202E}b.ckpt", ".hidden", "con"]
    var generator = SplitMix64(seed: 3)
    for _ in 0..<count {
      let text = String(decoding: generator.mutate(seeds.map { Array($0.utf8) }), as: UTF8.self)
      guard let name = FileName.sanitized(text) else { continue }
      #expect(FileName.isSafe(name), "\(name)")
      #expect(name.utf8.count <= FileName.maximumBytes)
    }
  }
}

/// A small generator that gives the same numbers in every run.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of the inputs with some bytes changed, inserted, removed, repeated or joined.
  mutating func mutate(_ inputs: [[UInt8]]) -> [UInt8] {
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
}

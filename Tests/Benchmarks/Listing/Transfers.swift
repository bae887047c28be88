import Engine
import OriginLab

/// The downloads that run while the engine is asked.
enum Transfers {
  static let count = 4

  /// Puts files into the lab that take longer than the given seconds to fetch, and returns their
  /// links. No hash is published: computing one would read each file first.
  static func offer(speed megabytes: Int, for seconds: Int, by lab: OriginLab) -> [String] {
    (0..<count).map { number in
      var faults = LabFaults()
      faults.announceNoHash = true
      let speed = megabytes * 1_000_000 / count
      // Each connection of a download gets so much.
      faults.bytesPerSecond = speed / EngineConfiguration.usualConnections
      let size = speed * seconds * 2
      lab.addHuggingFace(
        repo: "bench/model\(number)", path: "model\(number).safetensors",
        file: .safetensors(size: size, seed: UInt64(number + 1), faults: faults))
      return
        "\(lab.hubEndpoint)/bench/model\(number)/resolve/main/model\(number).safetensors"
    }
  }
}

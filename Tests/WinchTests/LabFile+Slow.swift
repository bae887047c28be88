import OriginLab

extension LabFile {
  /// A file that is still on its way when a test has seen what it wants to.
  static var thatTakesMinutes: LabFile {
    var file = safetensors(size: 3_000_000, seed: 1)
    file.faults.bytesPerSecond = 20_000
    return file
  }
}

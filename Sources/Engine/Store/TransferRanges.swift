import Downloads
import Foundation

/// Which bytes of a partial file are there.
struct TransferRanges: Sendable, Equatable {
  /// Handed to the system; good until the machine goes down.
  var written: ByteRanges
  /// On the disk; good for ever.
  var synced: ByteRanges
  /// Which start of the machine `written` belongs to; nil where nobody can tell.
  var boot: String?

  /// What can be counted on.
  ///
  /// - Parameter boot: the present start of the machine.
  func trusted(in boot: String?) -> ByteRanges {
    boot != nil && boot == self.boot ? written : synced
  }
}

/// The present start of the machine.
enum Boot {
  /// A text that is another after each start; nil where the system does not tell. Linux:
  /// `/proc/sys/kernel/random/boot_id` of proc(5).
  static let current: String? = {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines)
  }()
}

import Foundation

/// What the kernel tells of a process.
struct ProcessFigures {
  let identifier: pid_t

  /// User and system time in seconds (proc_pid_stat(5), fields 14 and 15); 0 once it has ended.
  var processorSeconds: Double {
    // The second field is a name in brackets, which may hold spaces.
    let fields = text("stat").split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
    else { return 0 }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// False when there is no such process, or only its status is left to be read.
  var isAlive: Bool { state != nil && state != "Z" }

  /// Whether a signal holds it up.
  var isStopped: Bool { state == "T" }

  /// The letter of proc_pid_stat(5), field 3.
  private var state: Substring? {
    text("stat").split(separator: ")").last?.split(separator: " ").first
  }

  /// The most memory that was ever resident, in bytes (proc_pid_status(5), `VmHWM`).
  var peakMemory: Int { status("VmHWM") }

  /// Resident memory without the pages of files, in bytes.
  var anonymousMemory: Int { status("RssAnon") }

  private func status(_ name: String) -> Int {
    let line = text("status").split(separator: "\n").first { $0.hasPrefix(name + ":") }
    let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (kibibytes ?? 0) * 1024
  }

  private func text(_ name: String) -> String {
    (try? String(contentsOfFile: "/proc/\(identifier)/\(name)", encoding: .utf8)) ?? ""
  }
}

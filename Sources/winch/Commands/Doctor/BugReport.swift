import ComfyAPI
import Downloads
import Foundation

/// What helps those who look for the cause of a bug, in one text file without secrets.
struct BugReport {
  let report: HealthReport
  let settings: Settings
  let secrets: SecretRedaction
  /// Nil where no engine answers.
  let status: EngineStatus?

  /// Bytes of the log's end.
  private static let logTail: UInt64 = 64 << 10
  /// Bytes of the config file.
  private static let longestConfig = 64 << 10

  /// - Throws: when there is such a file already, or none can be made.
  func write(to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CommandExit(
        .cannotWrite, "\(path) cannot be written: \(String(cString: strerror(errno))).",
        "Name a file that is not there yet.")
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(try text.utf8))
    } catch {
      unlink(path)
      throw CommandExit(.cannotWrite, "\(path) cannot be written: \(error).")
    }
  }

  /// The sections, each after a line that begins with `==`.
  var text: String {
    get throws {
      let sections = [
        ("doctor", report.lines().joined(separator: "\n")),
        ("doctor --json", try WireFormat.encodeText(report.json)),
        ("system", system), ("environment", environment), ("config.yaml", config),
        ("engine status", try status.map { try WireFormat.encodeText($0) } ?? "No engine answers."),
        ("log", log),
      ]
      let text = sections.map { "== \($0.0) ==\n\($0.1)\n" }.joined(separator: "\n")
      return Self.lines(of: secrets.redacted(withoutHome(text)))
    }
  }

  /// Line ends stay; everything else that terminals act on goes.
  private static func lines(of text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { PlainText.sanitized(String($0)) }.joined(separator: "\n")
  }

  /// The home folder tells a user's name.
  private func withoutHome(_ text: String) -> String {
    settings.home.count > 1 ? text.replacing(settings.home, with: "~") : text
  }

  private var system: String {
    var name = utsname()
    uname(&name)
    let release = withUnsafeBytes(of: name.release) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    let version = ProcessInfo.processInfo.operatingSystemVersionString
    return
      "\(version), kernel \(release), \(ProcessInfo.processInfo.activeProcessorCount) processors"
  }

  /// Only what Winch and its libraries read.
  private var environment: String {
    let prefixes = [
      "WINCH_", "COMFY_", "HF_", "HUGGING_FACE_", "CIVITAI_", "XDG_", "LC_", "SSL_CERT_", "CURL_",
    ]
    let names = [
      "LANG", "TERM", "COLORTERM", "NO_COLOR", "TMUX", "SSH_TTY", "EDITOR", "VISUAL",
    ]
    let all = settings.environment.filter { name, _ in
      prefixes.contains(where: name.hasPrefix) || names.contains(name)
        || NetworkHealth.proxyNames.contains(name)
    }
    return all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
  }

  private var config: String {
    guard let data = FileManager.default.contents(atPath: settings.configPath) else {
      return "There is none."
    }
    return String(decoding: data.prefix(Self.longestConfig), as: UTF8.self)
  }

  private var log: String {
    guard let file = FileHandle(forReadingAtPath: settings.logPath),
      let end = try? file.seekToEnd()
    else { return "There is none." }
    try? file.seek(toOffset: end > Self.logTail ? end - Self.logTail : 0)
    let data = (try? file.readToEnd()) ?? Data()
    let text = String(decoding: data, as: UTF8.self)
    guard end > Self.logTail else { return text }
    // Half a line, which may be half a secret.
    return text.firstIndex(of: "\n").map { String(text[text.index(after: $0)...]) } ?? ""
  }
}

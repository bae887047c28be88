/// The backend, and the engine behind it.
public struct EngineHealth: Sendable, Equatable {
  public enum Answer: Sendable, Equatable {
    /// A status of Winch's own engine.
    case engine(version: String, processID: Int32)
    /// It takes the key, and is no engine of Winch.
    case account
    /// It does not answer.
    case unreachable(String)
    /// It answers, and takes nothing.
    case refused(String, hint: String?)
    /// Something answers that is no backend.
    case malformed(String)
  }

  /// Such as `local`, `cloud`, or a profile's name.
  public var backend: String
  /// An address or a path, without secrets.
  public var place: String
  /// Whether it is the engine of this machine, which starts when it is needed.
  public var isLocal: Bool
  /// Where its key is from; nil for none.
  public var keySource: String?
  public var answer: Answer
  /// Whether a process holds the database of this machine's engine.
  public var isDatabaseHeld: Bool
  /// That process; nil where it has not said who it is.
  public var holder: Int32?
  /// Of this program.
  public var version: String

  public init(
    backend: String, place: String, isLocal: Bool, keySource: String?, answer: Answer,
    isDatabaseHeld: Bool, holder: Int32? = nil, version: String
  ) {
    self.backend = backend
    self.place = place
    self.isLocal = isLocal
    self.keySource = keySource
    self.answer = answer
    self.isDatabaseHeld = isDatabaseHeld
    self.holder = holder
    self.version = version
  }

  public var checks: [HealthCheck] { [backendCheck, engineCheck] }

  private var backendCheck: HealthCheck {
    let name = "backend"
    let key = keySource.map { ", with the key from \($0)" } ?? ""
    switch answer {
    case .engine, .account: return HealthCheck(name, .ok, "\(backend) answers at \(place)\(key)")
    case .unreachable(let reason):
      guard isLocal else {
        return HealthCheck(
          name, .failed, "\(backend) does not answer at \(place): \(reason)",
          remedy: "Look at its address and at the network; --backend local needs neither.")
      }
      guard isDatabaseHeld else {
        return HealthCheck(name, .ok, "local: this machine's engine, at \(place)")
      }
      let process = holder.map { " (process \($0))" } ?? ""
      return HealthCheck(
        name, .failed, "An engine runs\(process), but does not answer at \(place): \(reason)",
        remedy: Self.remedyOfSilence(process: holder))
    case .refused(let reason, let hint):
      return HealthCheck(
        name, .failed,
        "\(backend) refuses\(keySource.map { " the key from \($0)" } ?? ""): \(reason)",
        remedy: hint ?? "Store a key with winch config login.")
    case .malformed(let reason):
      return HealthCheck(
        name, .failed, "What answers at \(place) is no backend: \(reason)",
        remedy: "Check the address.")
    }
  }

  /// What helps where an engine of this machine runs and does not answer.
  public static func remedyOfSilence(process: Int32?) -> String {
    "Was it started with another WINCH_SOCKET or XDG_RUNTIME_DIR? Else: "
      + endingSilent(process: process)
  }

  /// How an engine is ended that does not do it when asked.
  public static func endingSilent(process: Int32?) -> String {
    let process = process.map(String.init) ?? "PID (winch doctor may know it)"
    return "End it with kill \(process), or kill -9 where it does not heed that;"
      + " the next engine goes on with the downloads."
  }

  private var engineCheck: HealthCheck {
    let name = "engine"
    switch answer {
    case .engine(let other, let process):
      let whereabouts = isLocal ? "process \(process)" : "on its machine"
      guard other != version else {
        return HealthCheck(name, .ok, "\(other), \(whereabouts)")
      }
      return HealthCheck(
        name, .warning, "The engine is \(other), this program \(version).",
        remedy: isLocal
          ? "winch stop ends it; the next one is of this version, and downloads go on."
          : "Update the older of them.")
    case .account:
      return HealthCheck(name, .skipped, "\(backend) is no engine of Winch.")
    case .unreachable where isLocal && !isDatabaseHeld:
      return HealthCheck(name, .skipped, "It does not run; it starts by itself when it is needed.")
    default: return HealthCheck(name, .skipped, "Nothing is known of it without an answer.")
    }
  }
}

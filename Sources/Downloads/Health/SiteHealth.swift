/// What a model site says to this machine, with the user's token where there is one.
public struct SiteHealth: Sendable, Equatable {
  public enum Answer: Sendable, Equatable {
    /// Its status, and who it says the token is.
    case status(Int, account: String? = nil)
    /// Why there was none.
    case none(String)
  }

  /// For people, such as `Hugging Face`.
  public var site: String
  public var host: String
  /// The variable that takes a token.
  public var variable: String
  /// Where the token is from; nil for none.
  public var tokenSource: String?
  public var answer: Answer

  public init(
    site: String, host: String, variable: String, tokenSource: String?, answer: Answer
  ) {
    self.site = site
    self.host = host
    self.variable = variable
    self.tokenSource = tokenSource
    self.answer = answer
  }

  public func check(_ name: String) -> HealthCheck {
    switch answer {
    case .none(let reason):
      return HealthCheck(
        name, .failed, "\(host) does not answer: \(reason).",
        remedy: "Look at the network, the name server, and the proxy variables.")
    case .status(let status, let account): return judge(name, status, account)
    }
  }

  private func judge(_ name: String, _ status: Int, _ account: String?) -> HealthCheck {
    guard let tokenSource else {
      guard status < 500 else { return unwell(name, status) }
      return HealthCheck(
        name, .ok, "\(host) answers; no token is set, which public files do not need",
        remedy: "For gated files set \(variable).")
    }
    switch status {
    case 200..<300:
      let who = account.map { ", as \($0)" } ?? ""
      return HealthCheck(name, .ok, "\(host) accepts the token from \(tokenSource)\(who)")
    case 401, 403:
      return HealthCheck(
        name, .failed, "\(host) refuses the token from \(tokenSource) (\(status)).",
        remedy: "Make a new token at \(site), or remove this one. Public files come without it.")
    case 429:
      return HealthCheck(
        name, .warning, "\(host) asks to wait (429), so the token was not tried.",
        remedy: "Try again in some minutes.")
    case 500...: return unwell(name, status)
    default:
      return HealthCheck(
        name, .warning, "\(host) answered \(status) to the question who the token is.",
        remedy: "A mirror may not know that question; downloads may work.")
    }
  }

  private func unwell(_ name: String, _ status: Int) -> HealthCheck {
    HealthCheck(
      name, .warning, "\(host) answers \(status): it is not well.",
      remedy: "Downloads from there are tried again by themselves.")
  }
}

/// How far the clock of this machine is from others.
public enum ClockHealth {
  /// - Parameters:
  ///   - skew: seconds that this machine is ahead; nil when nobody told the time.
  ///   - host: who did.
  public static func check(skew: Double?, host: String?) -> HealthCheck {
    guard let skew, let host else {
      return HealthCheck("clock", .skipped, "No server told the time.")
    }
    let seconds = abs(skew).rounded()
    guard seconds > mostTolerated else {
      return HealthCheck("clock", .ok, "agrees with \(host)")
    }
    let text =
      "This machine's clock is \(DurationText.text(seconds: Int64(min(seconds, 1e12))))"
      + " \(skew > 0 ? "ahead of" : "behind") \(host)."
    return HealthCheck(
      "clock", seconds > mostWorkable ? .failed : .warning, text,
      remedy: "Set it, for example with timedatectl set-ntp true: signed links and certificates go"
        + " by it.")
  }

  /// A `Date` header has whole seconds, and is as old as the answer took.
  private static let mostTolerated = 30.0
  /// Signed links are refused from about here on.
  private static let mostWorkable = 300.0
}

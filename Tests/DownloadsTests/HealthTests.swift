import Testing

@testable import Downloads

@Suite("How the terminal is judged") struct TerminalHealthTests {
  private static let good = TerminalHealth(
    isTerminal: true, term: "xterm-256color", isKnown: true, size: (120, 40), colors: 256,
    refusesColors: false, locale: "C.UTF-8", isLocaleInstalled: true, encoding: "UTF-8")

  private func check(
    _ name: String, _ change: (inout TerminalHealth) -> Void = { _ in }
  ) throws -> HealthCheck {
    var health = Self.good
    change(&health)
    return try #require(health.checks.first { $0.name == name })
  }

  @Test("a usual terminal is well in everything") func well() {
    #expect(Self.good.checks.map(\.outcome) == [.ok, .ok, .ok])
    #expect(Self.good.checks.map(\.message) == ["xterm-256color, 120x40", "256", "C.UTF-8, UTF-8"])
  }

  @Test("without a terminal nothing is wrong with it") func none() throws {
    #expect(try check("terminal") { $0.isTerminal = false }.outcome == .skipped)
  }

  @Test("dumb, undescribed, nameless and small ones are told apart") func kinds() throws {
    #expect(try check("terminal") { $0.term = "dumb" }.message.contains("dumb"))
    #expect(try check("terminal") { $0.term = "dumb" }.outcome == .warning)
    let unknown = try check("terminal") { $0.isKnown = false }
    #expect(unknown.outcome == .failed)
    #expect(unknown.remedy?.contains("ncurses-term") == true)
    let nameless = try check("terminal") {
      $0.isKnown = false
      $0.term = ""
    }
    #expect(nameless.message == "TERM is not set.")
    #expect(try check("terminal") { $0.size = (39, 40) }.outcome == .warning)
    #expect(try check("terminal") { $0.size = (40, 12) }.outcome == .ok)
  }

  @Test("colours: NO_COLOR is a wish, few are a warning, and 8 are enough") func colors() throws {
    #expect(try check("colours") { $0.refusesColors = true }.outcome == .ok)
    #expect(try check("colours") { $0.colors = 0 }.outcome == .warning)
    #expect(try check("colours") { $0.colors = 8 }.outcome == .ok)
    #expect(try check("colours") { $0.colors = 1 << 24 }.message == "24 bits")
    #expect(try check("colours") { $0.colors = nil }.outcome == .skipped)
  }

  @Test("a locale that is missing or not UTF-8 says what to set") func locales() throws {
    let missing = try check("locale") { $0.isLocaleInstalled = false }
    #expect(missing.outcome == .warning)
    #expect(missing.message.contains("not installed"))
    let ascii = try check("locale") {
      $0.locale = ""
      $0.encoding = "ANSI_X3.4-1968"
    }
    #expect(
      ascii.message == "The locale none is ANSI_X3.4-1968, not UTF-8: names may be drawn as ?.")
    #expect(ascii.remedy == "Set LC_ALL=C.UTF-8.")
    #expect(try check("locale") { $0.encoding = "utf8" }.outcome == .ok)
  }
}

@Suite("How the models folder is judged") struct ModelsHealthTests {
  private static let good = ModelsHealth(
    root: "/m", exists: true, isWritable: true, filesystem: "ext4", freeBytes: 500_000_000_000,
    hasHardLinks: true)

  private func check(
    _ name: String, _ change: (inout ModelsHealth) -> Void
  ) throws -> HealthCheck {
    var health = Self.good
    change(&health)
    return try #require(health.checks.first { $0.name == name })
  }

  @Test("a usual one is well in everything") func well() {
    #expect(Self.good.checks.map(\.outcome) == [.ok, .ok, .ok, .ok])
  }

  @Test("one that cannot be written fails, one that is to be made does not") func root() throws {
    let refused = try check("models") {
      $0.isWritable = false
      $0.refusal = "Read-only file system"
    }
    #expect(refused.outcome == .failed)
    #expect(refused.message == "/m cannot be written: Read-only file system.")
    #expect(refused.remedy?.contains("WINCH_MODELS") == true)
    #expect(try check("models") { $0.exists = false }.outcome == .ok)
  }

  @Test("one that cannot be made fails") func unmakeable() throws {
    let refused = try check("models") {
      $0.exists = false
      $0.isWritable = false
      $0.refusal = "No such file or directory"
    }
    #expect(refused.outcome == .failed)
    #expect(refused.message == "/m cannot be made: No such file or directory.")
  }

  @Test("one that the engine waits for fails with what it waits for", arguments: [true, false])
  func waitedFor(exists: Bool) throws {
    let gone = try check("models") {
      $0.exists = exists
      $0.diskWait = "Waiting for the models folder /m."
    }
    #expect(gone.outcome == .failed)
    #expect(gone.message == "Waiting for the models folder /m.")
    #expect(gone.remedy?.hasPrefix(exists ? "Mount the disk" : "Mount its disk again") == true)
  }

  @Test("another than the settings name is a warning that says how to change it") func other()
    throws
  {
    let other = try check("models") { $0.chosen = "/b" }
    #expect(other.outcome == .warning)
    #expect(other.message == "The engine works on /m, these settings name /b.")
    #expect(other.remedy?.contains("winch stop") == true)
  }

  @Test(
    "filesystems that lose models or cannot hold them are told",
    arguments: [
      ("ext4", HealthCheck.Outcome.ok), ("vfat", .failed), ("tmpfs", .warning),
      ("nfs4", .warning), ("fuse.sshfs", .warning), ("fuseblk", .ok), ("overlay", .ok),
    ])
  func filesystems(name: String, outcome: HealthCheck.Outcome) throws {
    #expect(try check("filesystem") { $0.filesystem = name }.outcome == outcome)
  }

  @Test(
    "room is judged by what the engine leaves free and what a model needs",
    arguments: [
      (Int64(500_000_000_000), HealthCheck.Outcome.ok), (9_999_999_999, .warning),
      ((256 << 20) - 1, .failed), (0, .failed),
    ])
  func space(free: Int64, outcome: HealthCheck.Outcome) throws {
    #expect(try check("space") { $0.freeBytes = free }.outcome == outcome)
  }

  @Test("links that cannot be are a warning, and are skipped where nothing could be tried")
  func links() throws {
    #expect(try check("links") { $0.hasHardLinks = false }.outcome == .warning)
    #expect(try check("links") { $0.hasHardLinks = nil }.outcome == .skipped)
  }

  @Test("the mount that a path is below is the longest, and the last of two on one point")
  func mounts() {
    let table = MountTable(
      """
      22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      23 22 0:5 / /mnt rw - tmpfs none rw
      24 22 0:6 / /mnt/my\\040models rw master:3 - fuse.sshfs host: rw
      25 22 0:7 / /mnt rw - nfs4 host:/x rw
      nonsense
      """)
    #expect(table.filesystem(of: "/home/me") == "ext4")
    #expect(table.filesystem(of: "/mnt/other") == "nfs4")
    #expect(table.filesystem(of: "/mnt/my models/vae") == "fuse.sshfs")
    #expect(table.filesystem(of: "/mntx") == "ext4")
    #expect(MountTable("").filesystem(of: "/") == nil)
  }
}

@Suite("How Winch's own databases are judged") struct DatabaseHealthTests {
  private func check(_ database: OwnDatabase, _ state: DatabaseHealth.State) -> HealthCheck {
    DatabaseHealth(database, path: "/d/x.sqlite", state: state).check
  }

  @Test("one that is there and one that is not yet are fine", arguments: OwnDatabase.allCases)
  func good(database: OwnDatabase) {
    #expect(check(database, .database).outcome == .ok)
    #expect(check(database, .absent).outcome == .ok)
  }

  @Test(
    "another file in its place says what to move away, and what is lost and what stays",
    arguments: [
      (OwnDatabase.journal, "The journal", "Links that were not sent"),
      (.engine, "The engine's database", "Its queue"),
    ])
  func foreign(database: OwnDatabase, title: String, loss: String) throws {
    let check = check(database, .foreign)
    #expect(check.outcome == .failed)
    #expect(check.message == "\(title) /d/x.sqlite is not an SQLite database.")
    let remedy = try #require(check.remedy)
    #expect(remedy.hasPrefix("Move it away, with /d/x.sqlite-wal and /d/x.sqlite-shm"))
    #expect(remedy.contains(loss) && remedy.contains("models stay"))
  }

  @Test("one that cannot be read fails with the reason", arguments: OwnDatabase.allCases)
  func unreadable(database: OwnDatabase) {
    let check = check(database, .unreadable("Permission denied"))
    #expect(check.outcome == .failed)
    #expect(check.message.hasSuffix(" /d/x.sqlite cannot be read: Permission denied."))
  }
}

@Suite("How backend and sites are judged") struct EngineHealthTests {
  private func health(
    _ answer: EngineHealth.Answer, local: Bool = true, held: Bool = false
  ) -> [HealthCheck] {
    EngineHealth(
      backend: local ? "local" : "gpu", place: local ? "/run/s" : "https://gpu", isLocal: local,
      keySource: local ? nil : "WINCH_API_KEY", answer: answer, isDatabaseHeld: held, version: "2"
    ).checks
  }

  @Test("an engine that does not run yet is nothing wrong") func notRunning() {
    #expect(health(.unreachable("No such file.")).map(\.outcome) == [.ok, .skipped])
  }

  @Test("one that runs and does not answer is") func silent() {
    let checks = health(.unreachable("No such file."), held: true)
    #expect(checks.map(\.outcome) == [.failed, .skipped])
    #expect(checks[0].remedy?.contains("WINCH_SOCKET") == true)
  }

  @Test("its process is told, and how to end it") func holder() {
    let check = EngineHealth(
      backend: "local", place: "/run/s", isLocal: true, keySource: nil,
      answer: .unreachable("It is silent."), isDatabaseHeld: true, holder: 7, version: "2"
    ).checks[0]
    #expect(check.message.hasPrefix("An engine runs (process 7), but does not answer at /run/s"))
    #expect(check.remedy?.contains("kill 7,") == true)
  }

  @Test("another version is a warning with its remedy") func versions() {
    #expect(health(.engine(version: "2", processID: 7)).map(\.outcome) == [.ok, .ok])
    let old = health(.engine(version: "1", processID: 7))
    #expect(old[1].outcome == .warning)
    #expect(old[1].remedy?.contains("winch stop") == true)
    let other = health(.engine(version: "1", processID: 7), local: false)
    #expect(other[1].remedy == "Update the older of them.")
  }

  @Test("elsewhere no answer and a refused key are failures, a server of the contract is not")
  func elsewhere() {
    #expect(health(.unreachable("It is off."), local: false)[0].outcome == .failed)
    let refused = health(.refused("Bad key.", hint: nil), local: false)[0]
    #expect(refused.message == "gpu refuses the key from WINCH_API_KEY: Bad key.")
    #expect(refused.remedy == "Store a key with winch config login.")
    #expect(health(.account, local: false).map(\.outcome) == [.ok, .skipped])
    #expect(health(.malformed("It is HTML."), local: false)[0].outcome == .failed)
  }

  private func site(_ answer: SiteHealth.Answer, token: String?) -> HealthCheck {
    SiteHealth(
      site: "Hugging Face", host: "huggingface.co", variable: "HF_TOKEN", tokenSource: token,
      answer: answer
    ).check("huggingface")
  }

  @Test("a site without a token need only answer") func withoutToken() {
    #expect(site(.status(401), token: nil).outcome == .ok)
    #expect(site(.status(401), token: nil).remedy == "For gated files set HF_TOKEN.")
    #expect(site(.status(503), token: nil).outcome == .warning)
    #expect(site(.none("no route"), token: nil).outcome == .failed)
  }

  @Test("a token is accepted, refused, or could not be tried") func withToken() {
    let accepted = site(.status(200, account: "me"), token: "HF_TOKEN")
    #expect(accepted.message == "huggingface.co accepts the token from HF_TOKEN, as me")
    #expect(site(.status(401), token: "HF_TOKEN").outcome == .failed)
    #expect(site(.status(429), token: "HF_TOKEN").outcome == .warning)
    #expect(site(.status(404), token: "HF_TOKEN").outcome == .warning)
  }

  @Test(
    "a clock may be half a minute wrong, and must not be five",
    arguments: [
      (0.0, HealthCheck.Outcome.ok), (-30, .ok), (31, .warning), (-299, .warning), (301, .failed),
      (-1e9, .failed),
    ])
  func clock(skew: Double, outcome: HealthCheck.Outcome) {
    #expect(ClockHealth.check(skew: skew, host: "h").outcome == outcome)
  }

  @Test("a clock that is ahead is told from one that is behind") func aheadOrBehind() {
    #expect(
      ClockHealth.check(skew: 120, host: "h").message
        == "This machine's clock is 2m00s ahead of h.")
    #expect(ClockHealth.check(skew: -120, host: "h").message.contains("behind h"))
    #expect(ClockHealth.check(skew: nil, host: nil).outcome == .skipped)
  }
}

@Suite("How the network's variables are judged") struct NetworkHealthTests {
  @Test("none is fine") func none() {
    let checks = NetworkHealth(proxies: [:], certificates: [:]).checks
    #expect(checks.map(\.outcome) == [.ok, .ok])
  }

  @Test("proxies are told without their passwords") func proxies() {
    let health = NetworkHealth(
      proxies: ["https_proxy": "http://me:pass@proxy:3128", "no_proxy": "localhost"],
      certificates: [:])
    #expect(health.checks[0].message == "https_proxy=http://proxy:3128, no_proxy=localhost")
  }

  @Test(
    "what is no proxy is told by its name alone",
    arguments: ["ftp://proxy", "http://", "a b", "htp://me:pass@x"])
  func wrong(value: String) {
    let check = NetworkHealth(proxies: ["all_proxy": value], certificates: [:]).checks[0]
    #expect(check.outcome == .failed)
    #expect(check.message == "all_proxy is no address of a proxy.")
  }

  @Test("a file of certificates that cannot be read fails") func certificates() {
    let health = NetworkHealth(
      proxies: [:], certificates: ["SSL_CERT_FILE": ("/gone.pem", false)])
    #expect(health.checks[1].outcome == .failed)
    #expect(health.checks[1].remedy?.contains("SSL_CERT_FILE") == true)
  }
}

@Suite("The doctor's report") struct HealthReportTests {
  private static let report = HealthReport(
    version: "1.0",
    checks: [
      HealthCheck("config", .ok, "/c.yaml"),
      HealthCheck("terminal", .warning, "It is small.", remedy: "Make it larger."),
      .tookTooLong("models", seconds: 10),
    ])

  @Test("has a line for each check, its remedy below, and a count") func lines() {
    #expect(
      Self.report.lines() == [
        "ok       config    /c.yaml",
        "warning  terminal  It is small.",
        "                   Make it larger.",
        "failed   models    This took longer than 10 seconds.",
        "                   Something it needs hangs: a network filesystem, a name server or a proxy.",
        "winch 1.0: 1 ok, 1 warning, 1 failed",
      ])
  }

  @Test("wraps at words below the words, and leaves paths whole") func wrapped() {
    let path = "/a/path/that/is/longer/than/the/line.yaml"
    let report = HealthReport(
      version: "1.0",
      checks: [
        HealthCheck("links", .warning, "A file cannot have two names here.", remedy: path)
      ])
    #expect(
      report.lines(columns: 40) == [
        "warning  links  A file cannot have two",
        "                names here.",
        "                " + path,
        "winch 1.0: 1 warning",
      ])
  }

  @Test("is good unless something failed") func good() {
    #expect(!Self.report.isGood)
    #expect(HealthReport(version: "", checks: Array(Self.report.checks.prefix(2))).isGood)
  }

  @Test("is JSON for programs") func json() {
    #expect(Self.report.json.object?["healthy"] == false)
    #expect(
      Self.report.checks[0].json
        == .object([
          "name": "config", "status": "ok", "message": "/c.yaml", "remedy": .null,
        ]))
  }
}

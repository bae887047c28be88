import ComfyAPI
import Downloads
import Foundation
import Logging

/// The user's commands that the engine runs when downloads end, a few at one time and never in the way
/// of the queue.
actor Hooks {
  enum Event: String, Sendable {
    case completed, failed, idle
  }

  private struct Job {
    let event: Event
    let command: String
    let input: String
  }

  private var commands: [Event: String]
  private let environment: [String: String]
  private let timeLimit: Duration
  private let logger: Logger
  private var waiting: [Job] = []
  private var running = 0
  /// Whether the running one is that of `idle`, which runs alone: it may turn the machine off.
  private var isAlone = false

  /// Commands at one time.
  static let width = 2
  /// Commands that may wait.
  static let mostWaiting = 1000

  init(
    _ commands: [Event: String], environment: [String: String], logger: Logger,
    timeLimit: Duration = .seconds(600)
  ) {
    self.commands = commands
    self.environment = environment
    self.timeLimit = timeLimit
    self.logger = logger
  }

  func adopt(_ commands: [Event: String]) { self.commands = commands }

  /// Queues the command of an event, where there is one.
  ///
  /// - Parameter download: what it is about; nil for `idle`.
  func happened(_ event: Event, _ download: Download?) {
    guard let command = commands[event] else { return }
    guard waiting.count < Self.mostWaiting else {
      return logger.warning("\(Self.name(event)) is left out: \(Self.mostWaiting) commands wait")
    }
    let input = download.flatMap { try? WireFormat.encodeText($0.json) } ?? ""
    waiting.append(Job(event: event, command: command, input: input))
    startNext()
  }

  private func startNext() {
    while let job = waiting.first, running < Self.width, !isAlone {
      guard job.event != .idle || running == 0 else { return }
      waiting.removeFirst()
      running += 1
      isAlone = job.event == .idle
      Task { finish(job, await run(job)) }
    }
  }

  private nonisolated func run(_ job: Job) async -> BoundedCommand.End {
    let variables = HookEnvironment.variables(of: environment, event: job.event.rawValue)
    return await BoundedCommand(
      arguments: ["/bin/sh", "-c", job.command], environment: variables, timeLimit: timeLimit
    ).run(input: job.input)
  }

  private func finish(_ job: Job, _ end: BoundedCommand.End) {
    running -= 1
    isAlone = false
    log(job, end)
    startNext()
  }

  private func log(_ job: Job, _ end: BoundedCommand.End) {
    let name = Self.name(job.event)
    for line in end.output.split(whereSeparator: \.isNewline) { logger.info("\(name): \(line)") }
    if end.isTimedOut {
      logger.warning("\(name) was ended: it took longer than \(timeLimit)")
    } else if end.status != 0 {
      logger.warning("\(name) ended with status \(end.status)")
    } else {
      logger.info("\(name) is done")
    }
  }

  private static func name(_ event: Event) -> String { option(event).name }

  /// Where the config file has the command.
  static func option(_ event: Event) -> ConfigOption<ConfigFile> {
    switch event {
    case .completed: ConfigFile.onCompleteOption
    case .failed: ConfigFile.onFailedOption
    case .idle: ConfigFile.onIdleOption
    }
  }
}

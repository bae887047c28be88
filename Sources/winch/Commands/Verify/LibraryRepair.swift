import ComfyAPI
import ComfyClient
import Downloads
import Model

/// Has files that were found wrong fetched again, and waits.
struct LibraryRepair: RequestRounds {
  private let client: ComfyClient
  private let report: VerifyReport
  private var files: [VerifiedFile]
  /// Places in `files` that are to be asked for.
  private var waiting: [Int]
  /// Tasks under way, by place.
  private var open: [Int: (task: String, bytes: Int64, word: String?)] = [:]
  private var progress: BatchProgress
  private var bytesDone: Int64 = 0
  var patience = ClientPatience()

  static let interval = Duration.milliseconds(250)

  init(client: ComfyClient, files: [VerifiedFile], report: VerifyReport) {
    self.client = client
    self.files = files
    self.report = report
    waiting = files.indices.filter { files[$0].finding.isRepairable }
    progress = BatchProgress(
      verb: "repairing", filesTotal: waiting.count,
      bytesTotal: waiting.reduce(0) { $0 + (files[$1].asset.size ?? 0) })
  }

  /// The files with what became of their repairs.
  mutating func run() async throws -> [VerifiedFile] {
    try await runRounds()
    return files
  }

  var isUnfinished: Bool { !waiting.isEmpty || !open.isEmpty }

  mutating func begin() async throws(ClientError) {
    // Files that come from one link are fetched one after the other, so that the others are links.
    for place in waiting {
      do {
        open[place] = (try await client.repair(files[place].asset.id).taskID, 0, "queued")
        waiting.removeAll { $0 == place }
      } catch  where error.code == "LINK_IN_USE" {
        continue
      } catch  where error.isRetriable {
        throw error
      } catch {
        waiting.removeAll { $0 == place }
        end(place, .failed(DownloadFailure(error)))
      }
    }
  }

  mutating func follow() async throws(ClientError) {
    for (place, current) in open.sorted(by: { $0.key < $1.key }) {
      let task = try await client.task(current.task)
      open[place]?.bytes = task.progress?.bytesDownloaded ?? current.bytes
      open[place]?.word = Self.word(of: task)
      guard task.status.isTerminal else { continue }
      open[place] = nil
      end(place, task.status == .completed ? .done(taskID: task.id) : Self.failure(of: task))
    }
  }

  /// How it stands; nil while bytes arrive.
  private static func word(of task: TaskResponse) -> String? {
    guard task.status != .created else { return "queued" }
    return task.progress?.phase.flatMap { $0 == .downloading ? nil : $0.rawValue }
  }

  private static func failure(of task: TaskResponse) -> VerifiedFile.Repair {
    let message = task.errorMessage ?? task.result?.error ?? "It was \(task.status.rawValue)."
    let failure = DownloadFailure(
      code: PlainText.sanitized(task.result?.errorCode ?? task.status.rawValue.uppercased()),
      message: PlainText.sanitized(message), hint: task.result?.hint.map(PlainText.sanitized))
    return .failed(failure, taskID: task.id)
  }

  private mutating func end(_ place: Int, _ repair: VerifiedFile.Repair) {
    files[place].repair = repair
    bytesDone += files[place].asset.size ?? 0
    progress.files += 1
    report.repaired(files[place])
  }

  mutating func show() {
    progress.bytes = open.values.reduce(bytesDone) { $0 + $1.bytes }
    progress.items = open.sorted { $0.key < $1.key }.map { place, current in
      BatchProgress.Item(
        name: files[place].asset.name, word: current.word, bytes: current.bytes,
        bytesTotal: files[place].asset.size)
    }
    report.show(progress)
  }
}

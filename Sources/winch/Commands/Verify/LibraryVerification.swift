import ComfyAPI
import ComfyClient
import Downloads

/// Has files read again by the backend, a few ahead of those that are being read: so an interrupt leaves
/// little behind, and no time is lost between two files.
struct LibraryVerification: RequestRounds {
  private let client: ComfyClient
  private let atOnce: Int
  private let report: VerifyReport
  private var waiting: ArraySlice<LibraryAsset>
  private var open: [(asset: LibraryAsset, check: AssetCheck)] = []
  private var files: [VerifiedFile] = []
  private var progress: BatchProgress
  private var bytesDone: Int64 = 0
  var patience = ClientPatience()

  /// Files that are asked for beyond those that are read.
  private static let ahead = 8
  static let interval = Duration.milliseconds(100)

  init(client: ComfyClient, assets: [LibraryAsset], atOnce: Int, report: VerifyReport) {
    self.client = client
    self.atOnce = atOnce
    self.report = report
    waiting = assets[...]
    progress = BatchProgress(
      verb: "verifying", filesTotal: assets.count,
      bytesTotal: assets.reduce(0) { $0 + ($1.size ?? 0) })
  }

  /// What was found of each file, in the order in which they were done.
  mutating func run() async throws -> [VerifiedFile] {
    try await runRounds()
    return files
  }

  var isUnfinished: Bool { !waiting.isEmpty || !open.isEmpty }

  mutating func begin() async throws(ClientError) {
    while open.count < atOnce + Self.ahead, let asset = waiting.first {
      do {
        open.append((asset, try await client.beginCheck(of: asset.id, atOnce: atOnce)))
      } catch  where error.kind == .notFound {
        // It was taken off the list meanwhile.
        progress.filesTotal -= 1
      }
      waiting.removeFirst()
    }
  }

  /// Asks about those that are read, and on behind each that has ended.
  mutating func follow() async throws(ClientError) {
    var index = 0
    var unfinished = 0
    while index < open.count, unfinished < atOnce {
      let (asset, _) = open[index]
      do {
        open[index].check = try await client.check(of: asset.id)
      } catch  where error.kind == .notFound {
        // The engine was started anew, and has forgotten that it was asked.
        waiting.insert(asset, at: waiting.startIndex)
        open.remove(at: index)
        continue
      }
      if open[index].check.state.isEnd {
        end(open.remove(at: index))
      } else {
        unfinished += 1
        index += 1
      }
    }
  }

  private mutating func end(_ ended: (asset: LibraryAsset, check: AssetCheck)) {
    let finding =
      AssetFinding(ended.check.state, isVerified: ended.asset.isVerified == true) ?? .unreadable
    let file = VerifiedFile(
      asset: ended.asset, finding: finding, checkedAt: ended.check.checkedAt)
    files.append(file)
    bytesDone += ended.asset.size ?? 0
    progress.files += 1
    report.found(file)
  }

  mutating func show() {
    progress.bytes = open.reduce(bytesDone) { $0 + $1.check.bytesChecked }
    progress.items = open.filter { $0.check.bytesChecked > 0 }.map { asset, check in
      BatchProgress.Item(name: asset.name, bytes: check.bytesChecked, bytesTotal: asset.size)
    }
    report.show(progress)
  }
}

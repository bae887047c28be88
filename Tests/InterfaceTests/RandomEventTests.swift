import ComfyAPI
import Downloads
import Foundation
import HostileInput
import Testing

@testable import Interface

/// Events as no user would send them, the same in every run.
private struct RandomEvents {
  var random: HostileInput
  private var downloads: [Download] = []
  private var assets: [LibraryAsset] = []
  private var nextNumber = 0
  /// Keys of a sequence that are still to be pressed.
  private var keys: ArraySlice<KeyPress> = []

  init(seed: UInt64) { random = HostileInput(seed: seed) }

  mutating func next() -> Event {
    if let key = keys.popFirst() { return .key(key) }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<60: return .key(key())
    case 60..<70:
      keys = sequence()[...]
      return .key(.escape)
    case 70..<76: return .resize(size())
    case 76..<86: return .snapshot(snapshot())
    case 86..<90: return .library(library())
    case 90..<95: return .clock(noon.addingTimeInterval(.random(in: 0..<1e5, using: &random)))
    case 95..<98: return .paste(text())
    default: return .outcome(outcome())
    }
  }

  /// Keys that lead somewhere together.
  private mutating func sequence() -> [KeyPress] {
    let texts = [
      "vjjv", "vkd", "'jjz", "/flux", ":save-view 7 mine", ":sort size", "7", "S", "{u", "}u",
      "c r",
      "Ku",
    ]
    let text = texts.randomElement(using: &random) ?? "v"
    return text.map(KeyPress.character)
      + (Bool.random(using: &random) ? [.enter] : [])
  }

  private mutating func key() -> KeyPress {
    let named: [KeyPress] = [
      .enter, .tab, .backTab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end,
      .pageUp, .pageDown, .function(5),
    ]
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<3: return named.randomElement(using: &random) ?? .enter
    case 3: return .control("abdefghklnopqrstuvwxy".randomElement(using: &random) ?? "a")
    case 4: return .character("é模👩‍👩‍👧‍👦\u{301}\u{202E}".randomElement(using: &random) ?? "é")
    // All letters and signs of the keyboard, the one that leaves among them.
    default:
      let code = UInt8.random(in: 0x20..<0x7F, using: &random)
      return .character(Character(Unicode.Scalar(code)))
    }
  }

  private mutating func size() -> Size {
    if Int.random(in: 0..<4, using: &random) == 0 {
      // Where table and details have room together.
      return [Size(columns: 110, rows: 12), Size(columns: 50, rows: 26)]
        .randomElement(using: &random) ?? Size(columns: 110, rows: 12)
    }
    return Bool.random(using: &random)
      ? Size(
        columns: .random(in: 0...60, using: &random), rows: .random(in: 0...20, using: &random))
      : Size(columns: 40, rows: 10)
  }

  private mutating func text() -> String {
    let texts = [
      "https://huggingface.co/o/n/resolve/main/a.safetensors\n", "https://civitai.com/models/1",
      "size>5G & !tag:flux", "{\"a\": 1}", "\u{1B}[31mred\u{7}", "模型 👩‍👩‍👧‍👦 é\u{301}\u{202E}",
    ]
    return random.mutate(texts)
  }

  private mutating func outcome() -> Outcome {
    switch Int.random(in: 0..<6, using: &random) {
    case 5: .preview(identifier(Int.random(in: 0..<20, using: &random)), preview())
    case 0: .submitted(1)
    case 1: .submitFailed(text())
    case 2: .notice(text())
    case 3: .problem(text())
    default:
      .looked("https://civitai.com/models/1", .unknown(DownloadFailure(code: "X", message: text())))
    }
  }

  private mutating func preview() -> Preview {
    let width = Int.random(in: 1...Picture.mostSide, using: &random)
    let height = Int.random(in: 1...8, using: &random)
    let bytes = Array(
      repeating: UInt8.random(in: 0...255, using: &random), count: width * height * 3)
    return Picture(width: width, height: height, bytes: bytes).map(Preview.picture)
      ?? .failed(text())
  }

  /// The downloads of the snapshot before, some of them changed, gone, new or at another place.
  private mutating func snapshot() -> BoardSnapshot {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: downloads.removeLast(.random(in: 0...downloads.count, using: &random))
    case 1: downloads.shuffle(using: &random)
    case 2...4: downloads.append(download())
    default: break
    }
    for index in downloads.indices where Bool.random(using: &random) {
      var download = downloads[index]
      change(&download)
      downloads[index] = download
    }
    let connections: [BackendState.Connection] = [
      .online, .online, .online, .connecting, .offline(text()),
      .refused(DownloadFailure(code: "X", message: text())),
    ]
    return BoardSnapshot(
      downloads: downloads,
      backend: BackendState(
        name: text(), connection: connections.randomElement(using: &random) ?? .online,
        freeBytes: number(),
        abilities: Bool.random(using: &random) ? Set(BackendState.Ability.allCases) : []))
  }

  /// The stored files of the snapshot before, some of them changed, gone, new or twice.
  private mutating func library() -> LibrarySnapshot {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: assets.removeLast(.random(in: 0...assets.count, using: &random))
    case 1: assets.shuffle(using: &random)
    case 2...5: assets.append(asset())
    case 6: if let first = assets.first { assets.append(first) }
    default: break
    }
    let states: [AssetCheck.State] = [.waiting, .running, .intact, .damaged, .missing, .unreadable]
    var checks: [String: AssetCheck] = [:]
    for asset in assets where Bool.random(using: &random) {
      checks[asset.id] = AssetCheck(
        assetID: asset.id, state: states.randomElement(using: &random) ?? .waiting,
        bytesTotal: number() ?? 0, bytesChecked: number() ?? 0)
    }
    let readings: [LibrarySnapshot.Reading] = [
      .unread, .reading(of: nil), .reading(of: 7), .read(at: noon),
      .failed(DownloadFailure(code: "X", message: text())),
    ]
    return LibrarySnapshot(
      assets: assets, tags: [TagInfo(name: text(), count: 1)],
      reading: readings.randomElement(using: &random) ?? .unread, checks: checks)
  }

  private mutating func asset() -> LibraryAsset {
    nextNumber += 1
    let id = Bool.random(using: &random) ? identifier(nextNumber).uuidString : text()
    var asset = LibraryAsset(
      id: id, name: text(),
      createdAt: noon.addingTimeInterval(.random(in: -1e9..<1e9, using: &random)))
    asset.size = number()
    asset.tags = [text()]
    asset.folder = Bool.random(using: &random) ? text() : nil
    asset.path = text()
    asset.baseModel = text()
    asset.isVerified = Bool.random(using: &random) ? Bool.random(using: &random) : nil
    asset.isIntact = Bool.random(using: &random) ? Bool.random(using: &random) : nil
    asset.userMetadata = [text(): .string(text())]
    asset.metadata = [text(): .array([.string(text())])]
    return asset
  }

  private mutating func download() -> Download {
    nextNumber += 1
    var download = Download(
      id: identifier(nextNumber), backend: Bool.random(using: &random) ? "cloud" : "local",
      url: "https://huggingface.co/o/n/resolve/main/\(nextNumber)", name: text(),
      createdAt: noon.addingTimeInterval(.random(in: -1e9..<1e9, using: &random)))
    change(&download)
    return download
  }

  private mutating func change(_ download: inout Download) {
    let statuses: [DownloadStatus] = [
      .queued, .created, .running, .completed, .failed, .cancelled, .cancellationPending,
      DownloadStatus(rawValue: "\u{1B}]0;x\u{7}"),
    ]
    download.status = statuses.randomElement(using: &random) ?? .queued
    download.bytesTotal = number()
    download.bytesDownloaded = number()
    download.bytesPerSecond = number()
    download.limit = number()
    download.queueOrder = Bool.random(using: &random) ? number() : nil
    download.isMovable = [nil, true, false].randomElement(using: &random) ?? nil
    download.phase = [nil, .paused, .downloading].randomElement(using: &random) ?? nil
    download.newsAt = Bool.random(using: &random) ? noon : nil
    download.taskID = Bool.random(using: &random) ? "1" : nil
    download.tags = [text()]
    download.folder = Bool.random(using: &random) ? text() : nil
    if Bool.random(using: &random) {
      download.failure = DownloadFailure(code: "X", message: text(), hint: text())
    }
  }

  private mutating func number() -> Int64? {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: nil
    case 1: .random(in: .min ... .max, using: &random)
    case 2: [0, -1, 1, .max, .min].randomElement(using: &random)
    default: .random(in: 0..<10_000_000_000, using: &random)
    }
  }
}

@Suite("A hundred thousand random events")
struct RandomEventTests {
  @Test("nothing traps, every frame fits, and what is selected is there", arguments: 0..<10)
  func survives(seed: UInt64) async throws {
    var events = RandomEvents(seed: seed)
    // What was typed adds up, so a screen is left after a while.
    for _ in 0..<20 {
      var state = try screen(columns: 40, rows: 10, isUnicode: seed % 3 != 0)
      for number in 0..<500 {
        _ = state.apply(events.next())
        state.isRunning = true
        expectSelection(state)
        // A picture costs a hundred times what an event does.
        if number % 20 == 0 { expectFrame(state) }
        // The tests beside this one have two threads with it, and deadlines.
        if number % 100 == 0 { await Task.yield() }
      }
    }
  }

  private func expectSelection(_ state: State) {
    let list = state.list
    let isThere =
      list.visible.isEmpty
      ? list.selected == nil : list.selected != nil && list.selected?.id == list.selection
    if !isThere { Issue.record("The selection is lost at \(state.level).") }
    let isOpen = state.level != .prompt || state.prompt != nil
    if let range = list.range, !list.visible.indices.contains(range.upperBound) {
      Issue.record("The range leaves the rows.")
    }
    if list.targets.isEmpty, list.selected != nil { Issue.record("Nothing to act on.") }
    if !isOpen { Issue.record("A line is open that is not there.") }
  }

  private func expectFrame(_ state: State) {
    let frame = state.frame()
    let isComplete =
      frame.size == state.size && frame.cells.count == state.size.columns * state.size.rows
    if !isComplete { Issue.record("The frame does not fit.") }
    if let cursor = frame.cursor {
      let isInside = cursor.column <= frame.size.columns && cursor.row < frame.size.rows
      if !isInside { Issue.record("The cursor is at \(cursor) of \(frame.size).") }
    }
    let isHarmless = frame.cells.allSatisfy { cell in
      cell.text.unicodeScalars.allSatisfy { scalar in
        scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value)
          && !scalar.properties.isBidiControl
      }
    }
    if !isHarmless { Issue.record("A cell holds a control character.") }
  }
}

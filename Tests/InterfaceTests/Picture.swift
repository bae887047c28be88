import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

/// The frame's characters, a line a row, without blanks at the ends of lines and of the picture.
func picture(of frame: Frame) -> String {
  var lines = (0..<frame.size.rows).map(frame.text)
  while lines.last == "" { lines.removeLast() }
  return lines.joined(separator: "\n")
}

/// The frame's characters, and below each line that has any style a line of letters: which style each
/// of its cells has.
///
/// `t` title, `h` heading, `f` faint, `g` good, `a` active, `w` warning, `b` bad; capitals are reversed,
/// `R` without another style; `_` is underlined, `?` a style that the theme does not have.
func styledPicture(of state: State) -> String {
  let frame = state.frame()
  let letters = styleLetters(state.theme)
  var lines: [String] = []
  for row in 0..<frame.size.rows {
    lines.append("|" + frame.text(row))
    var styles = ""
    for column in 0..<frame.size.columns {
      let cell = frame[column, row]
      // What a blank's letters would look like does not show.
      let isBare = cell.text == " " && !cell.style.isReversed && !cell.style.isUnderlined
      styles += isBare ? " " : letters[cell.style] ?? (cell.style.isUnderlined ? "_" : "?")
    }
    while styles.last == " " { styles.removeLast() }
    if !styles.isEmpty { lines.append(" " + styles) }
  }
  while lines.last == "|" { lines.removeLast() }
  return lines.joined(separator: "\n")
}

private func styleLetters(_ theme: Theme) -> [Style: String] {
  let styles: [(Style, String)] = [
    (.standard, " "), (theme.title, "t"), (theme.heading, "h"), (theme.faint, "f"),
    (theme.good, "g"), (theme.active, "a"), (theme.warning, "w"), (theme.bad, "b"),
  ]
  let reversed = styles.map { style, letter in
    var style = style
    style.isReversed = true
    return (style, letter == " " ? "R" : letter.uppercased())
  }
  return Dictionary(styles + reversed, uniquingKeysWith: { first, _ in first })
}

/// The moment at which all pictures are taken.
let noon = Date(timeIntervalSince1970: 1_750_000_000)

func testHosts() throws -> SourceHosts { try SourceHosts(environment: [:]) }

/// A screen at noon.
func screen(
  _ downloads: [Download] = [], columns: Int = 80, rows: Int = 24, isUnicode: Bool = true,
  colors: Int = 256, backend: BackendState = BackendState(name: "local", connection: .online),
  draft: Draft = Draft(), keys: KeyMap = KeyMap(), settings: ScreenSettings = ScreenSettings(),
  isLowBandwidth: Bool = false
) throws -> State {
  State(
    size: Size(columns: columns, rows: rows),
    capabilities: Capabilities(isUnicode: isUnicode, colors: colors),
    configuration: ScreenConfiguration(keys: keys), hosts: try testHosts(),
    snapshot: BoardSnapshot(downloads: downloads, backend: backend), draft: draft,
    settings: settings, isLowBandwidth: isLowBandwidth, now: noon)
}

/// The settings of somebody who wants no pictures, so that none is asked for.
let withoutPictures: ScreenSettings = {
  var settings = ScreenSettings()
  settings.showsPreviews = false
  return settings
}()

/// An identifier that is the same in every run.
func identifier(_ number: Int) -> UUID {
  UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number / 256), UInt8(number % 256)))
}

func download(
  _ number: Int, _ name: String, _ status: DownloadStatus = .running, total: Int64? = nil,
  bytes: Int64? = nil, speed: Int64? = nil, tags: [String] = [], phase: TaskPhase? = nil
) -> Download {
  var download = Download(
    id: identifier(number), backend: "local",
    url: "https://huggingface.co/org/repo/resolve/main/\(number).safetensors", name: name,
    createdAt: noon, status: status)
  download.bytesTotal = total
  download.bytesDownloaded = bytes
  download.bytesPerSecond = speed
  download.tags = tags
  download.phase = phase
  return download
}

let gibibyte: Int64 = 1 << 30

/// One download in each of the usual states.
func usualDownloads() -> [Download] {
  var unverified = download(
    2, "civitai-128713", .completed, total: 2 * gibibyte, bytes: 2 * gibibyte)
  unverified.verified = false
  var failed = download(5, "ae.safetensors", .failed, total: gibibyte, bytes: gibibyte / 4)
  failed.failure = DownloadFailure(
    code: "ACCESS_FORBIDDEN", message: "The licence of org/repo is not accepted.",
    hint: "Open the page and accept it.")
  return [
    download(
      1, "sd_xl_base_1.0.safetensors", .completed, total: 6_938_040_682, bytes: 6_938_040_682,
      tags: ["sdxl"]),
    unverified,
    download(
      3, "flux1-dev-fp8-with-a-rather-long-name-e4m3fn.safetensors", total: 12 * gibibyte,
      bytes: 5 * gibibyte, speed: 84 << 20, tags: ["flux", "dev"], phase: .downloading),
    download(4, "unknown-size.bin", bytes: 40 << 20, speed: 3 << 20, phase: .downloading),
    failed,
    download(6, "vae.safetensors", .created, total: 300 << 20, bytes: 0),
    download(7, "lora.safetensors", .queued),
  ]
}

extension State {
  /// Types characters one by one.
  mutating func type(_ text: String) -> [Command] {
    text.flatMap { apply(.key(.character($0))) }
  }

  /// Presses keys one after another.
  @discardableResult
  mutating func tap(_ keys: KeyPress...) -> [Command] { keys.flatMap { apply(.key($0)) } }
}

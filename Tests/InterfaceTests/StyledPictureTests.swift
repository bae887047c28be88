import Downloads
import Foundation
import Testing

@testable import Interface

/// Every view at three sizes with the style of each cell, as `Tests/Pictures` has it.
@Suite("Every view as a picture with its styles")
struct StyledPictureTests {
  private static let sizes = [
    Size(columns: 120, rows: 40), Size(columns: 80, rows: 24), Size(columns: 40, rows: 12),
  ]

  /// `make pictures` writes the files anew.
  @Test("is drawn as it was agreed on", arguments: View.allCases)
  func looks(view: View) throws {
    let pictures = try Self.sizes.map { size in
      "\(size.columns)x\(size.rows)\n" + styledPicture(of: try view.screen(size)) + "\n"
    }.joined(separator: "\n")
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Pictures/\(view.rawValue).txt")
    if ProcessInfo.processInfo.environment["WINCH_WRITE_PICTURES"] != nil {
      try pictures.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(pictures == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test("has a letter for each of its styles", arguments: View.allCases)
  func lettersAreKnown(view: View) throws {
    let lines = styledPicture(of: try view.screen(Self.sizes[1])).split(separator: "\n")
    #expect(!lines.contains { !$0.hasPrefix("|") && $0.contains("?") })
  }
}

/// What can stand on the screen, and how one gets there.
enum View: String, CaseIterable {
  case table, twoLines, threeLines, marks, savedView, sidePane, details, columns, sorting
  case filter, command, input, picker, help, log, question, empty, offline, library, storedFile

  func screen(_ size: Size) throws -> State {
    var state = try InterfaceTests.screen(
      self == .empty ? [] : usualDownloads(), columns: size.columns, rows: size.rows,
      backend: backend)
    // The cursor stands on a download that flows.
    state.tap(.character("g"), .down, .down)
    try go(in: &state)
    return state
  }

  private var backend: BackendState {
    self == .offline
      ? BackendState(name: "cloud", connection: .offline("Nothing answers there."))
      : BackendState(name: "local", connection: .online, freeBytes: 120 * gibibyte)
  }

  private func go(in state: inout State) throws {
    func type(_ text: String) { for key in text { state.tap(.character(key)) } }
    switch self {
    case .table, .empty, .offline: break
    case .twoLines: type("z")
    case .threeLines: type("zz")
    case .marks:
      type("g vjj/flux")
      state.tap(.enter)
    case .savedView: type("5")
    case .sidePane: type("'")
    case .details: state.tap(.enter)
    case .columns: type("cj")
    case .sorting:
      type(":sort name")
      state.tap(.enter)
      type("sj")
    case .filter: type("fsize>1G & speed>x")
    case .command: type(":so")
    case .input:
      let links = ["huggingface.co/org/repo/resolve/main/a.safetensors", "example.com/b"]
      _ = state.apply(.paste(links.map { "https://\($0)" }.joined(separator: "\n")))
    case .picker: try openPicker(in: &state)
    case .help: type("?j")
    case .log: type("9L")
    case .question: type("D")
    case .library: openLibrary(in: &state)
    case .storedFile:
      openLibrary(in: &state)
      state.tap(.enter)
    }
  }

  private func openLibrary(in state: inout State) {
    let assets = ["ae.safetensors", "flux1-dev-fp8.safetensors"].enumerated().map { place, name in
      var asset = LibraryAsset(
        id: identifier(place).uuidString, name: name, createdAt: noon.addingTimeInterval(-90_000))
      asset.size = Int64(place + 1) * gibibyte
      asset.folder = "vae"
      asset.tags = ["flux"]
      asset.isVerified = place > 0
      return asset
    }
    state.tap(.tab)
    _ = state.apply(
      .library(LibrarySnapshot(assets: assets, tags: [], reading: .read(at: noon), checks: [:])))
  }

  private func openPicker(in state: inout State) throws {
    let page = "https://huggingface.co/org/repo"
    let files = try [("flux1-dev.safetensors", 23_800_000_000), ("README.md", 3000)].map {
      (name, size) in
      LinkPreview.File(
        reference: try ModelReference(page + "/resolve/main/" + name, hosts: testHosts()),
        name: name, path: name, size: size, folder: FolderSuggestion(repositoryPath: name))
    }
    _ = state.apply(.paste(page))
    let preview = LinkPreview(title: "org/repo", files: files, license: "apache-2.0")
    _ = state.apply(.outcome(.looked(page + "/tree/main", .found(preview))))
    state.tap(.control("p"), .character(" "))
  }
}

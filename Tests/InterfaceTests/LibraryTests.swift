import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

/// A stored file.
private func asset(
  _ number: Int, _ name: String, size: Int64? = nil, folder: String? = nil, tags: [String] = [],
  base: String? = nil, isVerified: Bool? = true, days: Double = 0
) -> LibraryAsset {
  var asset = LibraryAsset(
    id: identifier(number).uuidString, name: name,
    createdAt: noon.addingTimeInterval(-86_400 * days))
  asset.size = size
  asset.folder = folder
  asset.path = folder.map { "models/\($0)/\(name)" }
  asset.tags = tags
  asset.baseModel = base
  asset.isVerified = isVerified
  asset.hash = "blake3:\(number)"
  return asset
}

private let stored = [
  asset(
    1, "detail-tweaker-xl.safetensors", size: 228_000_000, folder: "loras", tags: ["detail", "xl"],
    base: "SDXL 1.0", days: 0.1),
  asset(
    2, "flux1-dev-fp8.safetensors", size: 11_900_000_000, folder: "diffusion_models",
    tags: ["flux"], base: "FLUX.1 dev", days: 3),
  asset(
    3, "civitai-128713", size: 2_100_000_000, folder: "checkpoints", isVerified: false, days: 400),
  asset(4, "ae.safetensors", size: 335_000_000, folder: "vae", tags: ["flux", "vae"], days: 800),
]

private let engine = BackendState(
  name: "local", connection: .online, freeBytes: 120_000_000_000,
  abilities: Set(BackendState.Ability.allCases))

private let tags = [TagInfo(name: "flux", count: 2), TagInfo(name: "portrait", count: 1)]

private func snapshot(
  _ assets: [LibraryAsset] = stored, checks: [String: AssetCheck] = [:],
  reading: LibrarySnapshot.Reading = .read(at: noon)
) -> Event {
  .library(LibrarySnapshot(assets: assets, tags: tags, reading: reading, checks: checks))
}

/// The library, open.
private func library(
  columns: Int = 120, rows: Int = 12, downloads: [Download] = [], backend: BackendState = engine,
  isUnicode: Bool = true
) throws -> State {
  var state = try screen(
    downloads, columns: columns, rows: rows, isUnicode: isUnicode, backend: backend)
  state.tap(.tab)
  _ = state.apply(snapshot())
  return state
}

extension State {
  fileprivate mutating func run(_ command: String) -> [Command] {
    _ = type(":\(command)")
    return tap(.enter).filter { if case .saveSettings = $0 { false } else { true } }
  }
}

@Suite("The library as a picture")
struct LibraryPictureTests {
  /// The picture with one blank line for several.
  private func picture(of frame: Frame) -> String {
    var lines = InterfaceTests.picture(of: frame).split(
      separator: "\n", omittingEmptySubsequences: false)
    for index in lines.indices.dropLast().reversed() where lines[index].isEmpty {
      if lines[index + 1].isEmpty { lines.remove(at: index) }
    }
    return lines.joined(separator: "\n")
  }

  @Test("120 columns show folder, base model, tags, age and whether it is verified")
  func wide() throws {
    let state = try library(columns: 120, rows: 40)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                                                                      Library  4 files  15 GB  120 GB free
          Name                                           Size Folder           Base         Tags                Age Status
        > detail-tweaker-xl.safetensors                228 MB loras            SDXL 1.0     detail, xl           2h ✓ verified
          flux1-dev-fp8.safetensors                     12 GB diffusion_models FLUX.1 dev   flux                 3d ✓ verified
          civitai-128713                               2.1 GB checkpoints                                       57w – unverified
          ae.safetensors                               335 MB vae                           flux, vae            2y ✓ verified

        a add  ? help  f filter  / search  Enter details  t tag  m metadata  D delete  H verify  Tab downloads
        """)
  }

  @Test("80 columns leave out base model and tags where the name needs the room")
  func medium() throws {
    let state = try library(columns: 80, rows: 24)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                              Library  4 files  15 GB  120 GB free
          Name                                   Size Folder            Age Status
        > detail-tweaker-xl.safetensors  det…  228 MB loras              2h ✓ verified
          flux1-dev-fp8.safetensors  flux       12 GB diffusion_models   3d ✓ verified
          civitai-128713                       2.1 GB checkpoints       57w – unverified
          ae.safetensors  flux, vae            335 MB vae                2y ✓ verified

        a add  ? help  f filter  / search  Enter details  t tag  Tab downloads
        """)
  }

  @Test("40 columns show name, size and age")
  func narrow() throws {
    let state = try library(columns: 40, rows: 12)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local   Library  4 files  15 GB
          Name                       Size  Age
        > detail-tweaker-xl…       228 MB   2h ✓
          flux1-dev-fp8…            12 GB   3d ✓
          civitai-128713           2.1 GB  57w –
          ae.safetensors  flux, …  335 MB   2y ✓

        a add  ? help  f filter  Tab downloads
        """)
  }

  @Test("without Unicode a mark tells verified from unverified")
  func ascii() throws {
    let state = try library(columns: 40, isUnicode: false)
    #expect(state.frame().text(2).hasSuffix(" +"))
    #expect(state.frame().text(4).hasSuffix(" -"))
    #expect(state.frame().cells.allSatisfy { $0.text.utf8.count <= 1 })
  }

  @Test("the details tell everything, and w shows JSON")
  func details() throws {
    var file = stored[0]
    file.triggerWords = ["detailed", "sharp"]
    file.license = "openrail"
    file.sourceURL = "https://civitai.com/api/download/models/1?token=secret"
    file.userMetadata = ["author": "me"]
    file.metadata = ["precision": "fp16", "license": "openrail"]
    var state = try library(columns: 80, rows: 26)
    _ = state.apply(snapshot([file]))
    state.tap(.enter)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                              Library  1 file  228 MB  120 GB free
        detail-tweaker-xl.safetensors
        Name         detail-tweaker-xl.safetensors
        Status       verified
        Size         228 MB (228000000)
        Folder       loras
        Path         models/loras/detail-tweaker-xl.safetensors
        Tags         detail, xl
        Base model   SDXL 1.0
        Trigger      detailed, sharp
        Licence      openrail
        Source       https://civitai.com/api/download/models/1
        Hash         blake3:1
        SHA-256      –
        Verified     yes, the published hash is equal
        Stored       2025-06-15 12:42:40 UTC
        Metadata     author = me
        Of source    precision = fp16
        Asset        00000000-0000-0000-0000-000000000001

        a add  ? help  w JSON  t tag  m metadata  D delete  H verify  Esc back
        """)
    state.tap(.character("w"))
    #expect(picture(of: state.frame()).contains("JSON         {\"base_model\""))
    #expect(!picture(of: state.frame()).contains("secre"))
    state.tap(.character("q"), .character("q"))
    #expect(state.level == .table)
  }

  @Test("the path in the details is one that a shell on the backend's machine takes")
  func fullPath() throws {
    var backend = engine
    backend.modelsRoot = "/srv/models"
    var state = try library(rows: 24, backend: backend)
    state.tap(.enter)
    #expect(
      picture(of: state.frame()).contains(
        "Path         /srv/models/loras/detail-tweaker-xl.safetensors"))
  }

  @Test("the details stand beside it where there is room")
  func besides() throws {
    var state = try library(columns: 120, rows: 14)
    state.tap(.character("'"))
    #expect(state.frame().text(1).hasSuffix("│ detail-tweaker-xl.safetensors"))
    #expect(picture(of: state.frame()).contains("│ Base model   SDXL 1.0"))
    state.tap(.tab)
    #expect(!picture(of: state.frame()).contains("│"))
  }

  @Test("a check shows how far it is, and what came of it")
  func check() throws {
    var state = try library(rows: 9)
    #expect(state.tap(.character("H")) == [.checkAssets([stored[0].id])])
    var check = AssetCheck(
      assetID: stored[0].id, state: .running, bytesTotal: 200, bytesChecked: 90)
    _ = state.apply(snapshot(checks: [stored[0].id: check]))
    #expect(state.frame().text(0).contains("1 checking, 45%"))
    #expect(state.frame().text(2).hasSuffix("≡ checking"))
    check.state = .damaged
    _ = state.apply(snapshot(checks: [stored[0].id: check]))
    #expect(state.frame().text(2).hasSuffix("✗ damaged"))
    #expect(state.message?.text.contains("hash has changed") == true)
    state.tap(.character("3"))
    #expect(state.list.visible == [0])
  }

  @Test(
    "what an earlier check found is told, damage where nobody says more",
    arguments: [("missing", "✗ missing"), ("damaged", "✗ damaged"), (nil, "✗ damaged")])
  func earlierCheck(found: String?, status: String) throws {
    var file = stored[0]
    file.isIntact = false
    file.lastCheck = found.map(AssetCheck.State.init)
    var state = try library(rows: 9)
    _ = state.apply(snapshot([file]))
    #expect(state.frame().text(2).hasSuffix(status))
  }

  @Test("one that is read again and intact says so")
  func intact() throws {
    var state = try library()
    let check = AssetCheck(assetID: stored[1].id, state: .intact, bytesTotal: 1)
    _ = state.apply(snapshot(checks: [stored[1].id: check]))
    #expect(state.message?.kind == .success)
    #expect(state.message?.text.hasPrefix("flux1-dev-fp8.safetensors is intact") == true)
  }
}

@Suite("The library")
struct LibraryTests {
  @Test("Tab opens and closes it; q and Esc close it as well")
  func tabs() throws {
    var state = try screen(backend: engine)
    #expect(state.tap(.tab) == [.openLibrary])
    #expect(picture(of: state.frame()).contains("Reading what local has stored."))
    #expect(state.tap(.tab) == [.closeLibrary])
    #expect(state.tap(.tab, .character("q")) == [.openLibrary, .closeLibrary])
    #expect(state.tap(.tab, .escape) == [.openLibrary, .closeLibrary])
    #expect(state.level == .table)
    #expect(state.isRunning)
  }

  @Test("the cursor begins at the newest, and stays with its file while pages come")
  func cursor() throws {
    var state = try library()
    #expect(state.list.selected?.name == stored[0].name)
    state.tap(.down)
    _ = state.apply(snapshot([asset(9, "new.bin")] + stored))
    #expect(state.list.selected?.name == stored[1].name)
    state.tap(.tab, .tab)
    #expect(state.list.selected?.name == stored[1].name)
  }

  @Test("downloads go on behind it, and its filter, order and marks are its own")
  func separate() throws {
    var state = try library(downloads: [download(1, "a.bin"), download(2, "b.bin")])
    _ = state.type("fflux")
    state.tap(.enter, .character(" "))
    _ = state.apply(.snapshot(BoardSnapshot(downloads: [download(1, "a.bin")], backend: engine)))
    #expect(state.list.visible == [1, 3])
    #expect(state.frame().text(0).contains("1 active"))
    state.tap(.tab)
    #expect(state.list.filter.isEmpty)
    #expect(state.list.downloads.map(\.name) == ["a.bin"])
    #expect(state.list.marked.isEmpty)
  }

  @Test(
    "the filter knows what files have",
    arguments: [
      ("size>1G", [1, 2]), ("tag:flux", [1, 3]), ("base:sdxl", [0]), ("folder:loras", [0]),
      ("state:unverified", [2]), ("age>1d", [1, 2, 3]), ("path:models/vae", [3]),
    ])
  func filters(text: String, rows: [Int]) throws {
    var state = try library()
    state.tap(.character("f"))
    _ = state.type(text)
    state.tap(.enter)
    #expect(state.list.visible == rows)
  }

  @Test("the header sums what the filter shows, or what is marked")
  func sums() throws {
    var state = try library()
    #expect(state.frame().text(0).contains("4 files  15 GB"))
    state.tap(.character("f"))
    _ = state.type("tag:flux")
    state.tap(.enter)
    #expect(state.frame().text(0).contains("2 of 4 files  12 GB"))
    state.tap(.escape, .character(" "))
    #expect(state.frame().text(0).contains("1 of 4 files marked  228 MB"))
    state.tap(.escape, .character("g"), .character("v"), .character("j"))
    #expect(state.frame().text(0).contains("2 of 4 files marked  12 GB"))
  }

  @Test("it is sorted by its own columns, and remembers that")
  func sorted() throws {
    var state = try library()
    _ = state.run("sort size")
    #expect(state.list.visible == [1, 2, 3, 0])
    #expect(state.settings.library.order.keys.map(\.column) == [.size])
    #expect(state.settings.table.order.isQueue)
    _ = state.run("sort speed")
    #expect(state.message?.text == "There is no column speed.")
    _ = state.run("sort newest")
    #expect(state.list.visible == [0, 1, 2, 3])
  }

  @Test("y copies hash, path and JSON of all that are marked")
  func copies() throws {
    var state = try library()
    state.tap(.character(" "), .character(" "))
    #expect(state.tap(.character("y"), .character("h")) == [.copy("blake3:1\nblake3:2")])
    #expect(
      state.tap(.character("y"), .character("p")) == [
        .copy(
          "models/loras/detail-tweaker-xl.safetensors\n"
            + "models/diffusion_models/flux1-dev-fp8.safetensors")
      ])
    let copied = state.tap(.character("y"), .character("j"))
    guard case .copy(let text)? = copied.first else {
      Issue.record("Nothing was copied.")
      return
    }
    #expect(text.contains("\"hash\":\"blake3:2\""))
  }

  @Test("while the screen is frozen no news of it come")
  func frozen() throws {
    var state = try library()
    state.tap(.character("Z"))
    _ = state.apply(snapshot([]))
    #expect(state.list.downloads.count == 4)
    state.tap(.character("Z"))
    #expect(state.list.downloads.isEmpty)
    #expect(picture(of: state.frame()).contains("Nothing is stored yet."))
  }

  @Test("what could not be read says why, and is read again when the backend comes back")
  func failed() throws {
    var state = try library()
    let failure = DownloadFailure(code: "X", message: "Nothing answers.")
    _ = state.apply(snapshot([], reading: .failed(failure)))
    #expect(state.message?.text == "Nothing answers.")
    #expect(picture(of: state.frame()).contains("What is stored could not be read."))
    var away = engine
    away.connection = .offline("")
    _ = state.apply(.snapshot(BoardSnapshot(backend: away)))
    #expect(state.apply(.snapshot(BoardSnapshot(backend: engine))) == [.readLibrary])
  }

  @Test("identifiers that are no UUIDs make rows as well, the same each time")
  func otherIdentifiers() throws {
    var first = asset(1, "a.bin")
    first.id = "asset-1"
    var second = asset(2, "b.bin")
    second.id = "asset-2"
    #expect(Download(first).id == Download(first).id)
    #expect(Download(first).id != Download(second).id)
  }
}

@Suite("Changing what is stored")
struct LibraryEditTests {
  private let ids = stored.map(\.id)

  @Test("t adds tags to all that are marked, and u takes them from those that had none")
  func tags() throws {
    var state = try library()
    state.tap(.character("*"), .character("t"))
    #expect(state.prompt?.field.text == "tag ")
    _ = state.type("flux, night")
    #expect(
      state.tap(.enter).last == .editAssets(ids, AssetEdit(addedTags: ["flux", "night"])))
    #expect(
      state.tap(.character("u")) == [
        .editAssets([ids[0], ids[2]], AssetEdit(removedTags: ["flux", "night"])),
        .editAssets([ids[1], ids[3]], AssetEdit(removedTags: ["night"])),
      ])
  }

  @Test("tags of the backend are completed, those of the file where they are taken away")
  func completion() throws {
    var state = try library()
    state.tap(.character("t"))
    _ = state.type("po")
    state.tap(.tab)
    #expect(state.prompt?.field.text == "tag portrait")
    state.tap(.escape, .character("T"))
    #expect(state.promptCandidates.candidates == ["detail", "xl"])
    _ = state.type("x")
    state.tap(.tab)
    #expect(state.tap(.enter).last == .editAssets([ids[0]], AssetEdit(removedTags: ["xl"])))
  }

  @Test(
    "tags that cannot be are refused",
    arguments: [
      ("tag loras", "loras says where a file belongs, and a tag does not move it."),
      ("tag detail", "It is there already: detail."),
      ("untag night", "There is no night to take away."),
    ])
  func refusedTags(command: String, sentence: String) throws {
    var state = try library()
    #expect(state.run(command) == [])
    #expect(state.message?.text == sentence)
  }

  @Test("metadata is set as field=value or JSON, and taken away without a value")
  func metadata() throws {
    var state = try library()
    #expect(
      state.run("metadata note=a long one")
        == [.editAssets([ids[0]], AssetEdit(metadata: ["note": "a long one"]))])
    #expect(
      state.run("metadata {\"rank\": 3}")
        == [.editAssets([ids[0]], AssetEdit(metadata: ["rank": 3]))])
    #expect(
      state.run("metadata note=")
        == [.editAssets([ids[0]], AssetEdit(metadata: ["note": .null]))])
    #expect(state.run("metadata {\"rank\": }") == [])
    #expect(state.message?.kind == .problem)
  }

  @Test("u brings metadata back as it was")
  func metadataUndone() throws {
    var file = stored[0]
    file.userMetadata = ["note": "old"]
    var state = try library()
    _ = state.apply(snapshot([file]))
    _ = state.run("metadata {\"note\": \"new\", \"rank\": 1}")
    #expect(
      state.tap(.character("u"))
        == [.editAssets([file.id], AssetEdit(metadata: ["note": "old", "rank": .null]))])
    state.tap(.character("u"))
    #expect(state.message?.text == "There is nothing to take back.")
  }

  @Test("u in one tab leaves alone what was done in the other")
  func undoByTab() throws {
    var state = try library(downloads: [download(1, "a.bin", .completed)])
    state.tap(.tab, .character("x"), .tab)
    #expect(state.tap(.character("u")) == [])
    state.tap(.tab)
    #expect(state.tap(.character("u")).count == 1)
  }

  @Test("e gives one file another name")
  func renames() throws {
    var state = try library()
    state.tap(.character("e"))
    #expect(state.prompt?.field.text == "rename detail-tweaker-xl.safetensors")
    _ = state.tap(.control("u"))
    _ = state.type("rename Details")
    #expect(state.tap(.enter).last == .editAssets([ids[0]], AssetEdit(name: "Details")))
    state.tap(.character("*"), .character("e"))
    #expect(state.message?.text == "Only one file at a time can be renamed.")
  }

  @Test("D asks with name and size, and deletes the file where the backend can")
  func deletes() throws {
    var state = try library()
    #expect(state.tap(.character("D")) == [])
    #expect(
      state.confirmation?.question
        == "Delete detail-tweaker-xl.safetensors (228 MB) from the disk?")
    state.tap(.character("n"))
    #expect(state.message?.text == "Nothing was deleted.")
    #expect(
      state.tap(.character("D"), .character("y"))
        == [.deleteAssets([ids[0]], deletingFiles: true)])
    #expect(
      state.tap(.character("x"), .character("y"))
        == [.deleteAssets([ids[0]], deletingFiles: false)])
  }

  @Test("a question about files names how many of them the filter hides")
  func deletesHidden() throws {
    var state = try library()
    state.tap(.character("*"), .character("f"))
    _ = state.type("folder:loras")
    state.tap(.enter, .character("D"))
    #expect(state.confirmation?.question.hasPrefix("Delete 4 files (15 GB), 3 of them not") == true)
  }

  @Test("in the details only the file that is shown is meant, whatever is marked")
  func deletesShown() throws {
    var state = try library()
    state.tap(.character("*"), .enter, .character("D"))
    #expect(
      state.tap(.character("y")) == [.deleteAssets([ids[0]], deletingFiles: true)])
    #expect(state.level == .library)
  }

  @Test("a backend that cannot says so", arguments: ["H", "x"])
  func unable(key: Character) throws {
    var state = try library(backend: BackendState(name: "cloud", connection: .online))
    #expect(state.tap(.character(key)) == [])
    #expect(state.message?.text.hasPrefix("cloud cannot ") == true)
    state.tap(.character("D"))
    #expect(state.confirmation?.question.hasSuffix("from cloud?") == true)
  }

  @Test(
    "without files every key that needs one says so",
    arguments: ["t", "T", "m", "e", "D", "x", "H", "y", "l"])
  func nothing(key: Character) throws {
    var state = try library()
    _ = state.apply(snapshot([]))
    #expect(state.tap(.character(key)) == [])
    #expect(state.message?.text == "There are no stored files yet.")
  }
}

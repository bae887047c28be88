import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("Looking at pasted links")
struct LinkLookTests {
  private let file = "https://huggingface.co/org/repo/resolve/main/a.safetensors"
  private let page = "https://huggingface.co/org/repo"

  private func reference(_ text: String) throws -> PastedReference {
    try PastedReference(text, hosts: testHosts())
  }

  private func url(_ text: String) throws -> String { try reference(text).canonicalURL }

  private func found(_ names: [String], areMeant: Bool = true) throws -> LinkLook {
    let files = try names.map { name in
      LinkPreview.File(
        reference: try ModelReference(
          "https://huggingface.co/org/repo/resolve/main/\(name)", hosts: testHosts()),
        name: name, size: 5_000_000_000,
        folder: FolderSuggestion("loras", because: "Civitai says LoCon"), isMeant: areMeant)
    }
    return .found(
      LinkPreview(files: files, license: "apache-2.0", baseModel: "SDXL 1.0"))
  }

  @Test("a link is asked about when it is pasted, once")
  func paste() throws {
    var state = try screen()
    let commands = state.apply(.paste("\(file)\n\(page)\n\(file)"))
    #expect(commands.last == .look([try reference(file), try reference(page)]))
    #expect(state.apply(.clock(noon + 1)) == [])
    #expect(state.apply(.clock(noon + 2)) == [])
  }

  @Test("a link that is typed is asked about once it has stood still for a tick")
  func typed() throws {
    var state = try screen()
    state.tap(.character("a"))
    _ = state.type("hf.co/org/rep")
    #expect(state.apply(.clock(noon + 1)) == [])
    _ = state.type("o")
    #expect(state.apply(.clock(noon + 2)) == [])
    #expect(state.apply(.clock(noon + 3)) == [.look([try reference(page)])])
  }

  @Test("what was found stands below its line")
  func picture() throws {
    var state = try screen(columns: 80, rows: 14)
    _ = state.apply(.paste("\(file)\n\(page)\nhttps://civitai.com/models/5"))
    _ = state.apply(.outcome(.looked(try url(file), try found(["a.safetensors"]))))
    _ = state.apply(
      .outcome(.looked(try url(page), try found(["a.gguf", "b.gguf"], areMeant: false))))
    let text = InterfaceTests.picture(of: state.frame())
    #expect(
      text.contains(
        """
          https://huggingface.co/org/repo/resolve/main/a.safetensors
            a.safetensors, 5.0 GB, loras: Civitai says LoCon, apache-2.0, for SDXL 1.0
          https://huggingface.co/org/repo
            ! Which of its 2 files? Enter lists them.
          https://civitai.com/models/5
            Looking...
        """), "\(text)")
  }

  @Test("a page is queued as the files that it means")
  func queuesPage() throws {
    var state = try screen()
    _ = state.apply(.paste(page))
    #expect(state.tap(.enter) == [])
    #expect(state.message?.text == "Still looking at what is behind the link.")
    _ = state.apply(.outcome(.looked(try url(page), try found(["a.gguf", "b.gguf"]))))
    let base = "https://huggingface.co/org/repo/resolve/main/"
    #expect(
      state.tap(.enter) == [
        .submit([Submission(url: base + "a.gguf"), Submission(url: base + "b.gguf")])
      ])
  }

  @Test("a name that only the source tells goes with the link, to be shown meanwhile")
  func toldName() throws {
    let link = "https://civitai.com/api/download/models/5"
    let file = LinkPreview.File(
      reference: try ModelReference(link, hosts: testHosts()), name: "detail.safetensors")
    var state = try screen()
    _ = state.apply(.paste(link))
    _ = state.apply(.outcome(.looked(link, .found(LinkPreview(files: [file])))))
    #expect(state.tap(.enter) == [.submit([Submission(url: link, name: "detail.safetensors")])])
  }

  @Test("the folder that a source tells of goes to backends that do not find it themselves")
  func proposesFolder() throws {
    var state = try screen(backend: BackendState(name: "cloud", connection: .online))
    _ = state.apply(.paste(file))
    _ = state.apply(.outcome(.looked(try url(file), try found(["a.safetensors"]))))
    #expect(state.tap(.enter) == [.submit([Submission(url: file, folder: Folder("loras"))])])
  }

  @Test("an empty field proposes what the sources say, and the right arrow takes it")
  func proposes() throws {
    var state = try screen()
    _ = state.apply(.paste(file))
    _ = state.apply(.outcome(.looked(try url(file), try found(["a.safetensors"]))))
    state.tap(.tab)
    #expect(InterfaceTests.picture(of: state.frame()).contains("sdxl-1.0 (→ takes it)"))
    state.tap(.right, .tab, .right)
    let submission = Submission(url: file, tags: ["sdxl-1.0"], folder: Folder("loras"))
    #expect(state.tap(.enter) == [.submit([submission])])
  }

  @Test("sources that disagree about the folder propose none")
  func disagreement() throws {
    var state = try screen()
    _ = state.apply(.paste("\(file)\n\(page)"))
    _ = state.apply(.outcome(.looked(try url(file), try found(["a.safetensors"]))))
    let other = LinkPreview.File(
      reference: try ModelReference(file, hosts: testHosts()), name: "b",
      folder: FolderSuggestion("vae", because: "it stands in vae/"))
    _ = state.apply(.outcome(.looked(try url(page), .found(LinkPreview(files: [other])))))
    state.tap(.tab, .tab, .right)
    #expect(state.input.draft.folder == "")
  }

  @Test("a refused link stays with the reason, one of which nothing is known is queued")
  func refused() throws {
    let other = "https://huggingface.co/org/repo/resolve/main/b.safetensors"
    var state = try screen()
    _ = state.apply(.paste("\(file)\n\(other)"))
    let gated = DownloadFailure(
      code: "UNAUTHORIZED_SOURCE", message: "org/repo is gated.", hint: "Accept its terms.")
    let away = DownloadFailure(code: "NETWORK_ERROR", message: "The line broke.")
    _ = state.apply(.outcome(.looked(try url(file), .refused(gated))))
    _ = state.apply(.outcome(.looked(try url(other), .unknown(away))))
    let text = InterfaceTests.picture(of: state.frame())
    #expect(text.contains("! org/repo is gated. Accept its terms."))
    #expect(text.contains("Nothing is known of it yet: The line broke."))
    #expect(state.tap(.enter) == [.submit([Submission(url: other)])])
    #expect(state.input.draft.urls == file)
  }

  @Test("a pasted block of prose becomes the links in it")
  func prose() throws {
    var state = try screen()
    _ = state.apply(.paste("Get [this](\(file)) and \(page), both are good."))
    #expect(state.input.links.text == "\(file)\n\(page)")
  }

  @Test("of a long list the first links are looked at, and all of it is queued")
  func manyLinks() throws {
    let links = (1...10_000).map { "https://huggingface.co/org/repo/resolve/main/\($0).gguf" }
    var state = try screen()
    let commands = state.apply(.paste(links.joined(separator: "\n")))
    guard case .look(let asked)? = commands.last else {
      Issue.record("nobody is asked")
      return
    }
    #expect(asked.map(\.canonicalURL) == Array(links.prefix(LinkList.mostLooks)))
    #expect(state.input.remark(onLine: 9_999)?.text.contains("queued as it is") == true)
    #expect(InterfaceTests.picture(of: state.frame()).contains("10000 files, size not known"))
    let submitted = state.tap(.enter)
    guard case .submit(let submissions, _)? = submitted.first else {
      Issue.record("nothing is queued")
      return
    }
    #expect(submissions.map(\.url) == links)
  }

  @Test("a line among many is changed alone, and what the others say stays")
  func changesOneLine() throws {
    var state = try screen()
    _ = state.apply(.paste("\(file)\n\(page)\n\(file)"))
    _ = state.apply(.outcome(.looked(try url(file), try found(["a.safetensors"]))))
    state.tap(.up, .end)
    _ = state.type("2")
    #expect(state.input.remark(onLine: 0)?.text.hasPrefix("a.safetensors, 5.0 GB") == true)
    #expect(state.input.remark(onLine: 2)?.text.hasPrefix("The same file as line 1") == true)
    state.tap(.up, .home, .control("k"))
    #expect(state.input.remark(onLine: 2)?.text.hasPrefix("a.safetensors, 5.0 GB") == true)
  }
}

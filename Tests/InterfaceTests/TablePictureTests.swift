import Downloads
import Testing

@testable import Interface

@Suite("The table as a picture")
struct TablePictureTests {
  private let backend = BackendState(
    name: "local", connection: .online, freeBytes: 120 * gibibyte)

  @Test("120 columns show everything, tags too")
  func wide() throws {
    let state = try screen(usualDownloads(), columns: 120, rows: 12, backend: backend)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                   2 active  2 queued  2 done  1 failed  91 MB/s  >1m29s left  7.8 GB to come  129 GB free
          Name                                      Size Progress                   Speed   Left Status       Tags
          sd_xl_base_1.0.safetensors              6.9 GB ██████████████████ 100%                 ✓ completed  sdxl
          civitai-128713                          2.1 GB ██████████████████ 100%                 ≈ unverified
          flux1-dev-fp8-with-a-r…ng-name-e4m3fn…   13 GB ███████▌··········  41%  88 MB/s  1m26s ↓ running    flux, dev
          unknown-size.bin                        42 MB+ ··········███·····    – 3.1 MB/s      – ↓ running
          ae.safetensors                          1.1 GB ████▌·············  25%                 ✗ failed
          vae.safetensors                         315 MB ··················   0%        –      – ∘ queued
        > lora.safetensors                             – ··················    –        –      – · queued


        a add  ? help  d cancel  r retry  Enter details  p pause  f filter  / search  Tab library  q leave
        """)
  }

  @Test("80 columns do without a column for tags")
  func usual() throws {
    let state = try screen(usualDownloads(), columns: 80, rows: 12, backend: backend)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local   2 active  2 queued  1 failed  91 MB/s  >1m29s left  129 GB free
          Name                         Size Progress           Speed   Left Status
          sd_xl_base_1.0…            6.9 GB ██████████ 100%                 ✓ completed
          civitai-128713             2.1 GB ██████████ 100%                 ≈ unverified
          flux1-dev-fp8-…me-e4m3fn…   13 GB ████▏·····  41%  88 MB/s  1m26s ↓ running
          unknown-size.bin           42 MB+ ··███·····    – 3.1 MB/s      – ↓ running
          ae.safetensors             1.1 GB ██▌·······  25%                 ✗ failed
          vae.safetensors            315 MB ··········   0%        –      – ∘ queued
        > lora.safetensors                – ··········    –        –      – · queued


        a add  ? help  d cancel  r retry  Enter details  p pause  f filter  q leave
        """)
  }

  @Test("60 columns do without the speed")
  func narrow() throws {
    let state = try screen(usualDownloads(), columns: 60, rows: 11, backend: backend)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local      2 active  1 failed  91 MB/s  >1m29s left
          Name                Size Progress        Left Status
          sd_xl_base_1.0…   6.9 GB ████████ 100%        ✓ completed
          civitai-128713    2.1 GB ████████ 100%        ≈ unverified
          flux1-dev…4m3fn…   13 GB ███▎····  41%  1m26s ↓ running
          unknown-size.bin  42 MB+ ███·····    –      – ↓ running
          ae.safetensors    1.1 GB ██······  25%        ✗ failed
          vae.safetensors   315 MB ········   0%      – ∘ queued
        > lora.safetensors       – ········    –      – · queued

        a add  ? help  d cancel  r retry  Enter details  q leave
        """)
  }

  @Test("40 columns keep name, percent and status")
  func narrower() throws {
    let state = try screen(usualDownloads(), columns: 40, rows: 12, backend: backend)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local        2 active  1 failed
          Name                      Status
          sd_xl_base_1.0…      100% ✓ completed
          civitai-128713       100% ≈ unverified
          flux1-dev-f…-e4m3fn…  41% ↓ running
          unknown-size.bin        – ↓ running
          ae.safetensors        25% ✗ failed
          vae.safetensors        0% ∘ queued
        > lora.safetensors        – · queued


        a add  ? help  d cancel  q leave
        """)
  }

  @Test("20x5 shows the selected download and says something true")
  func tiny() throws {
    let state = try screen(usualDownloads(), columns: 20, rows: 5, backend: backend)
    #expect(
      picture(of: state.frame()) == """
        ● local     2 active
          vae…          0% ∘
        > lora…          – ·

        a add  q leave
        """)
  }

  @Test("in ASCII no other character is drawn, and columns stand where they stood")
  func ascii() throws {
    let state = try screen(
      usualDownloads(), columns: 80, rows: 12, isUnicode: false, backend: backend)
    #expect(
      picture(of: state.frame()) == """
        Winch  * local   2 active  2 queued  1 failed  91 MB/s  >1m29s left  129 GB free
          Name                         Size Progress           Speed   Left Status
          sd_xl_base_1.0~            6.9 GB ########## 100%                 + completed
          civitai-128713             2.1 GB ########## 100%                 ~ unverified
          flux1-dev-fp8-~me-e4m3fn~   13 GB ####......  41%  88 MB/s  1m26s > running
          unknown-size.bin           42 MB+ ..###.....    - 3.1 MB/s      - > running
          ae.safetensors             1.1 GB ##........  25%                 ! failed
          vae.safetensors            315 MB ..........   0%        -      - o queued
        > lora.safetensors                - ..........    -        -      - . queued


        a add  ? help  d cancel  r retry  Enter details  p pause  f filter  q leave
        """)
    #expect(state.frame().cells.allSatisfy { $0.text.utf8.count <= 1 })
  }

  @Test("without downloads the screen says how to add some")
  func empty() throws {
    let state = try screen(columns: 60, rows: 10)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                                      0 active
          Name                Size Progress        Left Status
          No downloads yet.
          Press a to add some, or paste links of huggingface.co or
          civitai.com, one a line.
          Press ? for all keys.



        a add  ? help  d cancel  r retry  Enter details  q leave
        """)
  }

  @Test("wide names are cut by columns and nothing shifts")
  func wideNames() throws {
    let state = try screen(
      [
        download(1, "模型-日本語のとても長い名前のファイル.safetensors", total: 100, bytes: 29),
        download(2, "e\u{301}te\u{301}.bin", .completed),
      ], columns: 60, rows: 8)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                1 active  1 done  71 B to come
          Name                Size Progress        Left Status
          模型-日本…イル…    100 B ██▎·····  29%      – ↓ running
        > été.bin                – ████████ 100%        ✓ completed



        a add  ? help  d cancel  r retry  Enter details  q leave
        """)
  }

  @Test("tags follow the name where there is room and no column for them")
  func tagsAfterName() throws {
    var state = try screen(
      [download(1, "ae.safetensors", total: 100, bytes: 29, tags: ["flux", "vae"])], rows: 8)
    #expect(state.frame().text(2).hasPrefix("> ae.safetensors  flux, vae"))
    _ = state.apply(.resize(Size(columns: 60, rows: 8)))
    #expect(!state.frame().text(2).contains("flux"))
  }

  @Test("an unreachable backend is named with its reason")
  func offline() throws {
    let state = try screen(
      columns: 60, rows: 8,
      backend: BackendState(name: "cloud", connection: .offline("Nothing answers there.")))
    #expect(state.frame().text(0).hasPrefix("Winch  ○ cloud offline"))
    #expect(state.frame().text(6) == "Nothing answers there.")
  }

  @Test("every size from nothing to wide is drawn without a crash")
  func everySize() throws {
    var state = try screen(usualDownloads(), backend: backend)
    for level in [KeyPress.escape, .character("a"), .escape, .enter, .character("?"), .escape] {
      _ = state.apply(.key(level))
      for columns in [0, 1, 2, 8, 15, 16, 17, 20, 39, 40, 59, 60, 79, 80, 109, 110, 300] {
        for rows in [0, 1, 2, 3, 4, 5, 6, 7, 8, 24] {
          _ = state.apply(.resize(Size(columns: columns, rows: rows)))
          #expect(state.frame().cells.count == columns * rows)
        }
      }
    }
  }

  @Test("below the smallest size one line says so")
  func tooSmall() throws {
    let state = try screen(usualDownloads(), columns: 28, rows: 2)
    #expect(picture(of: state.frame()) == "Too small: Winch needs 16x3")
  }

  @Test("without colours nothing has a colour")
  func noColor() throws {
    let state = try screen(usualDownloads(), colors: 0, backend: backend)
    let styles = state.frame().cells.map(\.style)
    #expect(styles.allSatisfy { $0.foreground == .standard && $0.background == .standard })
    #expect(styles.contains { $0.isReversed })
  }

  @Test("with eight colours no colour of the palette is used")
  func eightColors() throws {
    let state = try screen(usualDownloads(), colors: 8, backend: backend)
    for cell in state.frame().cells {
      if case .palette = cell.style.foreground { Issue.record("palette colour in \(cell)") }
    }
  }

  @Test("statuses of tomorrow are shown as they came, made harmless")
  func unknownStatus() throws {
    let status = DownloadStatus(rawValue: "thaw\u{1B}ing")
    let state = try screen([download(1, "a.bin", status)], rows: 8)
    #expect(state.frame().text(2).hasSuffix("? thaw\u{FFFD}ing"))
  }

  @Test("a long list shows only the rows that fit, and the selected among them")
  func longList() throws {
    let many = (1...10_000).map { download($0 % 60_000, "model-\($0).bin", .completed) }
    var state = try screen(many, rows: 10)
    #expect(state.frame().text(7).hasPrefix("> model-10000.bin"))
    state.tap(.character("g"))
    #expect(state.frame().text(2).hasPrefix("> model-1.bin"))
    state.tap(.pageDown)
    #expect(state.frame().text(7).hasPrefix("> model-7.bin"))
  }
}

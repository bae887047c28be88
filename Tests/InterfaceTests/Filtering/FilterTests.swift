import ComfyAPI
import Downloads
import Foundation
import HostileInput
import Testing

@testable import Interface

/// Names of the downloads that a filter shows.
private func shown(_ text: String, of downloads: [Download], isOnline: Bool = true) throws
  -> [String]
{
  let context = FilterContext(
    now: noon, isOnline: isOnline, sources: DownloadSources(try testHosts()))
  let filter = Filter(text)
  try #require(filter.mistake == nil, "\(text): \(filter.mistake?.sentence ?? "")")
  var searchTexts = SearchText()
  searchTexts.update(downloads)
  return filter.matches(downloads, context, searchTexts).map { downloads[$0].name }
}

@Suite("What a filter shows")
struct FilterTests {
  private var downloads: [Download] {
    var flux = download(
      1, "Flux-dev.safetensors", total: 12_000_000_000, bytes: 6_000_000_000, speed: 500_000,
      tags: ["flux", "dev"], phase: .downloading)
    flux.folder = "diffusion_models"
    flux.createdAt = noon - 3 * 86_400
    var lora = download(2, "anime.safetensors", .failed, total: 200_000_000, tags: ["flux-lora"])
    lora.folder = "loras/anime"
    lora.url = "https://civitai.com/api/download/models/128713"
    lora.failure = DownloadFailure(
      code: "UNAUTHORIZED_SOURCE", message: "The site wants a login.", hint: nil)
    lora.userMetadata = ["author": "Me", "base_model": "SDXL 1.0"]
    var vae = download(3, "vae.pt", .completed, total: 300_000_000)
    vae.verified = false
    vae.attempt = 3
    let queued = download(4, "queued thing.gguf", .queued)
    return [flux, lora, vae, queued]
  }

  @Test(
    "a term",
    arguments: [
      ("", 4), ("flux", 2), ("FLUX", 2), ("flux anime", 1), ("lora flu", 1),
      ("huggingface.co", 3), ("size>5G", 1), ("size<250MB", 1), ("size>=300M", 2),
      ("size>11GiB", 1), ("speed<1M", 2), ("speed>0.4MB/s", 1), ("tag:flux", 2), ("tag=flux", 1),
      ("src:civitai", 1), ("src:hf", 3), ("folder:loras", 1), ("state:failed", 1), ("state:fa", 1),
      ("state:done", 1), ("state:unverified", 1), ("state:active", 1), ("err:401", 1),
      ("err:login", 1), ("name:vae", 1), ("done>50%", 1), ("done>=50%", 2), ("done<50%", 0),
      ("done>5G", 1), ("left>3h", 1), ("left<1h", 0), ("age>2d", 1), ("age<1h30m", 3),
      ("base:sdxl", 1), ("meta:author=me", 1), ("meta:author", 1), ("meta:author=you", 0),
      ("attempts>1", 1), ("attempts=3", 1), ("failed", 1), ("queued", 1), ("unverified", 1),
    ])
  func terms(text: String, count: Int) throws {
    #expect(try shown(text, of: downloads).count == count, "\(text)")
  }

  @Test(
    "and, or, not and parentheses",
    arguments: [
      ("!flux", 2), ("! flux", 2), ("!!flux", 2), ("flux & anime", 1), ("flux&&anime", 1),
      ("flux | vae", 3), ("flux||vae", 3), ("flux anime | vae", 2), ("flux (anime | vae)", 1),
      ("!(flux | vae)", 1), ("size>5G&speed<1M", 1), ("src:civitai|hf", 4),
      ("state:failed|queued", 2), ("state:failed|size>5G", 2), ("state:failed | vae", 2),
      ("tag:flux|x !state:failed", 1), ("size>5G|vae", 2), ("((((vae))))", 1),
      ("state:failed|!flux", 3),
    ])
  func combined(text: String, count: Int) throws {
    #expect(try shown(text, of: downloads).count == count, "\(text)")
  }

  @Test("quotes keep spaces and signs together")
  func quotes() throws {
    #expect(try shown("\"queued thing\"", of: downloads) == ["queued thing.gguf"])
    #expect(try shown("name:\"queued thing\"", of: downloads) == ["queued thing.gguf"])
    #expect(try shown("\"thing queued\"", of: downloads) == [])
    #expect(try shown("\"a|b\"", of: [download(1, "x a|b"), download(2, "b")]) == ["x a|b"])
    #expect(try shown("\"size>5G", of: downloads) == [])
  }

  @Test("links and assignments are text")
  func links() throws {
    #expect(
      try shown("https://civitai.com/api", of: downloads) == ["anime.safetensors"])
    #expect(try shown("modelVersionId=1", of: downloads) == [])
  }

  @Test("a silent task is found by that word, while the backend is there to speak")
  func silent() throws {
    var task = download(1, "a", .running, total: 1000)
    task.taskID = "t"
    task.startedAt = noon - 86_400
    #expect(try shown("state:silent", of: [task]) == ["a"])
    #expect(try shown("silent", of: [task]) == ["a"])
    #expect(try shown("state:silent", of: [task], isOnline: false) == [])
    #expect(try shown("state:running", of: [task], isOnline: false) == ["a"])
  }

  @Test("what waits is queued; accepted tells what of it the backend has")
  func queued() throws {
    let waiting = [download(1, "here", .queued), download(2, "there", .created)]
    #expect(try shown("state:queued", of: waiting) == ["here", "there"])
    #expect(try shown("queued", of: waiting) == ["here", "there"])
    #expect(try shown("state:accepted", of: waiting) == ["there"])
  }

  @Test("what waits for more than its turn is called so, and the backend has it as well")
  func waiting() throws {
    let waiting = download(1, "a", .created, phase: .waiting)
    #expect(try shown("state:waiting", of: [waiting, download(2, "b", .created)]) == ["a"])
    #expect(try shown("state:accepted", of: [waiting]) == ["a"])
  }

  @Test("capitals count for nothing, in any script")
  func caseless() {
    #expect(Needle("FLUX.1").isIn("my-Flux.1-DEV"))
    #expect(Needle("ÉTÉ").isIn("un Été.bin"))
    #expect(Needle("dev").isIn("ÉTÉ-DEV"))
    #expect(!Needle("[").isIn("{"))
    #expect(!Needle("longer than it").isIn("long"))
    #expect(Needle("").isIn(""))
  }

  @Test("search texts follow their downloads when some go, come and change")
  func searchTexts() throws {
    var list = (1...6).map { download($0, "name\($0)") }
    var texts = SearchText()
    texts.update(list)
    list.remove(at: 2)
    list[0].name = "Other"
    list.append(download(7, "name7"))
    list.insert(download(8, "name8"), at: 1)
    texts.update(list)
    for (index, one) in list.enumerated() { #expect(texts[index] == SearchText.text(of: one)) }
    list.removeFirst(3)
    texts.update(list)
    for (index, one) in list.enumerated() { #expect(texts[index] == SearchText.text(of: one)) }
  }
}

@Suite("Mistakes in filters")
struct FilterMistakeTests {
  @Test(
    "each has its place and a sentence",
    arguments: [
      ("size>", 0..<5, "size needs a value, as in size>5G."),
      ("flux size>big", 10..<13, "This is no size: write size>5G."),
      ("size:5G", 0..<7, "size needs < or >, as in size>5G."),
      ("tag>flux", 0..<8, "tag is no number: write tag:flux."),
      ("sise>5G", 0..<4, "There is no field sise; is size meant?"),
      ("wibble:5", 0..<6, "There is no field wibble; write it in quotes if it is text."),
      ("state:faild", 6..<11, "There is no such state; is failed meant?"),
      ("src:ftp", 4..<7, "There is no such source: write hf, civitai or other."),
      ("a |", 2..<3, "Something must follow the |."),
      ("| a", 0..<1, "Something must stand before it."),
      ("a & | b", 4..<5, "Something must stand before it."),
      ("a !", 2..<3, "Something must follow the !."),
      ("(a | b", 0..<1, "The ( is not closed."),
      ("a)", 1..<2, "There is no ( before this )."),
      ("()", 1..<2, "Nothing is between ( and )."),
      ("left<soon", 5..<9, "This is no time: write left<1h."),
      ("tag:a|\"\"", 0..<0, ""),
    ])
  func mistakes(text: String, place: Range<Int>, sentence: String) {
    guard !sentence.isEmpty else {
      #expect(Filter(text).mistake != nil)
      return
    }
    #expect(Filter(text).mistake == FilterMistake(place: place, sentence: sentence))
  }

  @Test("while the text means nothing, what was meant before is shown")
  func keepsLast() throws {
    let good = Filter("vae")
    let bad = Filter("vae size>", keeping: good)
    #expect(bad.mistake != nil)
    let list = [download(1, "vae"), download(2, "flux")]
    var texts = SearchText()
    texts.update(list)
    let context = FilterContext(
      now: noon, isOnline: true, sources: DownloadSources(try testHosts()))
    #expect(bad.matches(list, context, texts) == [0])
    #expect(Filter("size>").matches(list, context, texts) == [0, 1])
  }

  @Test("no text makes it trap, and a mistake lies inside the text")
  func hostile() throws {
    let context = FilterContext(
      now: noon, isOnline: true, sources: DownloadSources(try testHosts()))
    let downloads = usualDownloads()
    var texts = SearchText()
    texts.update(downloads)
    let seeds = [
      "size>5G&speed<1M", "tag:flux|sdxl (state:failed | err:401)", "!(a \"b c\" name:\"d e\")",
      "left<1h30m age>=2d done>50%", "meta:a=b src:hf", "((((((((", "!!!!", "||&&", "<=>=:::",
      "size>99999999999999999999999999999999999999999999e9", "left<9999999999999999w",
      "left>1..5h", "é:\u{301}>\u{200D}5", "\u{1F468}\u{200D}\u{1F469}:x",
    ]
    var generator = HostileInput(seed: 21)
    for _ in 0..<HostileInput.count {
      let text = generator.mutate(seeds)
      let filter = Filter(text)
      if let place = filter.mistake?.place {
        #expect(place.lowerBound >= 0 && place.upperBound <= text.count, "\(text)")
      }
      #expect(filter.matches(downloads, context, texts).count <= downloads.count)
    }
    let deep = Filter(String(repeating: "(", count: 100_000))
    #expect(deep.mistake?.sentence == "These are too many (.")
    #expect(Filter(String(repeating: "!", count: 100_001) + "a").mistake == nil)
  }
}

import Foundation
import HostileInput
import Testing

@testable import Downloads

/// Random and mutated inputs, from a seed: nothing traps, and nothing unsafe comes out.
@Suite("Hostile input")
struct HostileInputTests {
  private let count = HostileInput.count

  @Test("links")
  func links() throws {
    let hosts = try SourceHosts(environment: [:])
    let seeds = [
      "https://huggingface.co/o/n/resolve/main/a/b%20c.safetensors?download=true#L1",
      "hf://datasets/o/n@refs/pr/3/train.json", "https://civitai.com/models/5/x?modelVersionId=6",
      "urn:air:sdxl:checkpoint:civitai:827184@2514310+2402203.safetensors",
      "https://civitai.com/api/download/models/12?type=Model&token=SECRET&fileId=3",
    ]
    var generator = HostileInput(seed: 1)
    for _ in 0..<count {
      let text = generator.mutate(seeds)
      _ = PastedText.lines(text, hosts: hosts)
      guard let reference = try? PastedReference(text, hosts: hosts) else { continue }
      let url = reference.canonicalURL
      #expect(url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      let parsed = try #require(HTTPURL(url))
      #expect(parsed.scheme == "https")
      #expect(hosts.isHuggingFace(parsed) || hosts.isCivitai(parsed), "\(url)")
      #expect(!parsed.queryItems.contains { $0.name == "token" })
      // What was understood once is understood the same way again.
      #expect((try? PastedReference(url, hosts: hosts))?.canonicalURL == url, "\(text) \(url)")
    }
  }

  @Test("headers of files")
  func headers() {
    let json = #"{"__metadata__":{"a":"b"},"t":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#
    let safetensors = [UInt8(json.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
    let gguf =
      Array("GGUF".utf8) + [3, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0] + [1, 0, 0, 0, 0, 0, 0, 0]
      + [1, 0, 0, 0, 0, 0, 0, 0, 0x61, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x62]
    var generator = HostileInput(seed: 2)
    for number in 0..<count {
      let bytes = generator.mutate([safetensors, gguf])
      let size: Int64? = number.isMultiple(of: 2) ? nil : Int64(bytes.count)
      let name = number.isMultiple(of: 3) ? "m.gguf" : "m.safetensors"
      _ = try? FileStart(bytes, size: size).header(named: name)
    }
  }

  @Test("file names")
  func names() {
    let seeds = ["../../etc/passwd", "C:\\x.safetensors", "a\u{202E}b.ckpt", ".hidden", "con"]
    var generator = HostileInput(seed: 3)
    for _ in 0..<count {
      let text = generator.mutate(seeds)
      guard let name = FileName.sanitized(text) else { continue }
      #expect(FileName.isSafe(name), "\(name)")
      #expect(name.utf8.count <= FileName.maximumBytes)
    }
  }

  @Test("workflows, in JSON and in pictures")
  func workflows() throws {
    let hosts = try SourceHosts(environment: [:])
    let texts = [WorkflowFiles.graph, WorkflowFiles.nested, WorkflowFiles.prompt]
    let text = WorkflowFiles.text("workflow", WorkflowFiles.graph)
    let files =
      texts.map { Array($0.utf8) } + [
        WorkflowFiles.png(("tEXt", text), ("iTXt", text), ("zTXt", text)),
        WorkflowFiles.webp(texts.map { "workflow:" + $0 }),
        WorkflowFiles.webp(texts.map { "prompt:" + $0 }, bigEndian: true, mark: true),
      ]
    var generator = HostileInput(seed: 6)
    var read = 0
    for number in 0..<count {
      var file = generator.mutate(files)
      if number.isMultiple(of: 3) {
        file = Array(file.prefix(.random(in: 0...file.count, using: &generator)))
      }
      guard let models = try? WorkflowModels(file).models else { continue }
      read += 1
      for model in models {
        #expect(PlainText.sanitized(model.place) == model.place)
        if let fileName = model.fileName { #expect(FileName.isSafe(fileName)) }
        if let folder = model.folder { #expect(Folder(folder.name) == folder) }
        if case .file(let reference) = model.source(hosts: hosts) {
          #expect(!reference.canonicalURL.contains("SECRET"))
        }
        _ = model.remarks(hosts: hosts)
      }
    }
    #expect(read > 0)
  }
}

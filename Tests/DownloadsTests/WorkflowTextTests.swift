import Foundation
import Testing

@testable import Downloads

@Suite("Files with workflows")
struct WorkflowTextTests {
  private func count(_ file: [UInt8]) throws -> Int { try WorkflowModels(file).models.count }

  private func problem(_ file: [UInt8]) -> WorkflowProblem? {
    do {
      _ = try WorkflowModels(file)
      return nil
    } catch {
      return error
    }
  }

  @Test("a PNG has it in a text chunk; the workflow says more than the prompt")
  func png() throws {
    let file = WorkflowFiles.png(
      ("IHDR", Array(repeating: 0, count: 13)),
      ("tEXt", WorkflowFiles.text("prompt", WorkflowFiles.prompt)),
      ("tEXt", WorkflowFiles.text("workflow", WorkflowFiles.graph)), ("IDAT", [1, 2, 3]))
    #expect(try count(file) == 3)
    #expect(try count(file.dropLast(9)) == 3)
  }

  @Test("international text and ComfyUI's own chunk are read as well")
  func otherChunks() throws {
    let text = Array("workflow".utf8) + [0, 0, 0] + Array("en\0x\0".utf8)
    #expect(
      try count(WorkflowFiles.png(("iTXt", text + Array(WorkflowFiles.graph.utf8)))) == 3)
    #expect(
      try count(WorkflowFiles.png(("comf", WorkflowFiles.text("prompt", WorkflowFiles.prompt))))
        == 5)
  }

  @Test("a compressed one is not read, and that is said", arguments: ["zTXt", "iTXt"])
  func compressed(type: String) {
    let file = WorkflowFiles.png((type, WorkflowFiles.text("workflow", "\u{1}\0x\0x\0x")))
    #expect(problem(file) == .compressed)
  }

  @Test(
    "a WebP has it in its EXIF data, in either order of bytes",
    arguments: [(false, false), (true, false), (false, true)])
  func webp(bigEndian: Bool, mark: Bool) throws {
    let texts = ["prompt:" + WorkflowFiles.prompt, "Workflow:" + WorkflowFiles.graph]
    #expect(
      try count(WorkflowFiles.webp(texts, bigEndian: bigEndian, mark: mark)) == 3)
  }

  @Test("a file that is something else is called by its name")
  func somethingElse() {
    #expect(problem([]) == .empty)
    #expect(problem(Array(" \n".utf8)) == .empty)
    #expect(problem([0xFF, 0xD8, 0xFF, 0xE0]) == .other("a JPEG picture"))
    #expect(problem(Array("<!doctype html>".utf8)) == .other("a web page"))
    #expect(problem(Array("{\"a\": 1}".utf8)) == .foreignJSON)
    #expect(problem(Array("[]".utf8)) == .foreignJSON)
    #expect(problem(Array("{\"nodes\": [}".utf8))?.failure.message.contains("line 1") == true)
    #expect(problem([2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8)) == .other("a safetensors file"))
    #expect(problem(WorkflowFiles.png(("IDAT", [1]))) == .pictureWithout("PNG"))
    #expect(
      problem(WorkflowFiles.png(("tEXt", WorkflowFiles.text("parameters", "a cat"))))
        == .foreignPicture)
    #expect(problem(WorkflowFiles.webp([])) == .pictureWithout("WebP"))
  }

  @Test("an empty workflow needs nothing")
  func nothing() throws { #expect(try count(Array("{\"nodes\": []}".utf8)) == 0) }

  @Test("what is beyond any workflow is refused")
  func bounds() {
    #expect(
      problem([UInt8](repeating: 0x20, count: WorkflowText.longest + 1) + [0x7B]) == .tooLarge)
    let many = (0...WorkflowModels.mostModels).map {
      #""\#($0)": {"class_type": "VAELoader", "inputs": {"vae_name": "\#($0).pt"}}"#
    }
    #expect(problem(Array("{\(many.joined(separator: ","))}".utf8)) == .tooManyModels)
    let deep = "{\"nodes\": " + String(repeating: "[", count: 100_000)
    #expect(problem(Array(deep.utf8))?.failure.message.contains("nested too deeply") == true)
  }

  @Test("subgraphs that hold two of the next one each are walked once each")
  func doubling() throws {
    let definitions = (0..<60).map {
      #"{"id": "s\#($0)", "nodes": [{"id": 1, "type": "s\#($0 + 1)"}, {"id": 2, "type": "s\#($0 + 1)"}]}"#
    }
    let last =
      #"{"id": "s60", "nodes": [{"id": 1, "type": "VAELoader", "widgets_values": ["a.pt"]}]}"#
    let text = """
      {"nodes": [{"id": 1, "type": "s0"}],
       "definitions": {"subgraphs": [\((definitions + [last]).joined(separator: ","))]}}
      """
    #expect(try count(Array(text.utf8)) == 1)
  }

  @Test("a subgraph that holds itself ends")
  func recursion() throws {
    let text = """
      {"nodes": [{"id": 1, "type": "s"}], "definitions": {"subgraphs": [{"id": "s", "nodes": [
        {"id": 1, "type": "s"}, {"id": 2, "type": "VAELoader", "widgets_values": ["a.pt"]}]}]}}
      """
    #expect(try count(Array(text.utf8)) == 1)
  }
}

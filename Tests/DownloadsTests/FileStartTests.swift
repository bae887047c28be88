import Foundation
import Testing

@testable import Downloads

@Suite("The first bytes of a file")
struct FileStartTests {
  /// A safetensors file of a header alone, as far as bytes go.
  private func safetensors(_ json: String) -> [UInt8] {
    let length = UInt64(json.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(json.utf8)
  }

  private func tensor(
    _ name: String, _ shape: [Int], _ offsets: [Int], type: String = "F16"
  ) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  private func message(_ bytes: [UInt8], size: Int64?, name: String = "m.safetensors") -> String? {
    do throws(DownloadFailure) {
      _ = try FileStart(bytes, size: size).header(named: name)
      return nil
    } catch {
      #expect(error.code == "FORMAT_NOT_ALLOWED")
      return error.message
    }
  }

  @Test(
    "what is no model is refused under the name of one",
    arguments: [
      ("<!DOCTYPE html><html>Log in</html>", "m.safetensors is a web page, not a model."),
      ("\n  <html>", "m.safetensors is a web page, not a model."),
      (#"{"error":"Unauthorized"}"#, "m.safetensors is an error message, not a model."),
      (
        "version https://git-lfs.github.com/spec/v1\noid sha256:1",
        "m.safetensors is a pointer of Git LFS, not a model."
      ),
      ("PK\u{3}\u{4}....", "m.safetensors is a pickle under the name of a safetensors file."),
      (
        "12345678901234567890",
        "m.safetensors is no safetensors file: its header has an impossible length."
      ),
    ])
  func disguises(text: String, expected: String) {
    #expect(message(Array(text.utf8), size: nil) == expected)
  }

  @Test("a bare pickle is refused as safetensors and taken as ckpt")
  func pickle() {
    let bytes: [UInt8] = [0x80, 0x02, 0x7D, 0x71, 0, 0, 0, 0, 0]
    #expect(message(bytes, size: 100)?.contains("pickle") == true)
    #expect(message(bytes, size: 100, name: "m.ckpt") == nil)
  }

  @Test(
    "a header whose length happens to look like a pickle is one of safetensors",
    arguments: [0x280, 0x380, 0x480, 0x580, 0x10280])
  func unluckyLength(length: Int) throws {
    let json = "{" + tensor("a", [4], [0, 8]) + "}"
    let bytes = safetensors(json + String(repeating: " ", count: length - json.utf8.count))
    #expect(
      try FileStart(bytes, size: Int64(bytes.count + 8)).header(named: "m.safetensors") != nil)
  }

  @Test("texts that are meant to be texts pass")
  func texts() {
    #expect(message(Array("{}".utf8), size: 2, name: "config.json") == nil)
    #expect(message(Array("<svg>".utf8), size: 5, name: "README.md") == nil)
  }

  @Test("a good header tells precision and folder")
  func goodHeader() throws {
    let json =
      #"{"__metadata__":{"modelspec.architecture":"flux-1-dev/lora","modelspec.title":"A\u001bB"},"#
      + tensor("a.lora_up.weight", [2, 3], [0, 12], type: "BF16") + ","
      + tensor("b", [1], [12, 16], type: "F32") + "}   "
    let bytes = safetensors(json)
    let header = try #require(
      try FileStart(bytes, size: Int64(bytes.count + 16)).header(named: "m.safetensors"))
    #expect(header.precision == "BF16")
    #expect(header.title == "A\u{FFFD}B")
    #expect(header.folder?.text == "loras: its header says flux-1-dev/lora")
  }

  @Test("a header that is longer than what was read says nothing against the file")
  func longHeader() throws {
    let bytes = Array(safetensors("{" + String(repeating: " ", count: 1000) + "}").prefix(100))
    #expect(try FileStart(bytes, size: 5000).header(named: "m.safetensors") == nil)
    #expect(FileStart(bytes, size: 5000).headerLength == 1010)
  }

  @Test("the size that the header implies must be the announced one", arguments: [-1, 1])
  func impliedSize(difference: Int) {
    let bytes = safetensors("{" + tensor("a", [4], [0, 8]) + "}")
    let size = Int64(bytes.count + 8)
    #expect(message(bytes, size: size) == nil)
    #expect(
      message(bytes, size: size + Int64(difference))
        == "m.safetensors is no safetensors file: its header tells of \(size) bytes, and there are "
        + "\(size + Int64(difference)).")
  }

  @Test(
    "holes, overlaps, wrong lengths and overflows are refused",
    arguments: [
      #""a":{"dtype":"F16","shape":[4],"data_offsets":[2,10]}"#,
      #""a":{"dtype":"F16","shape":[4],"data_offsets":[0,7]}"#,
      #""a":{"dtype":"F16","shape":[4],"data_offsets":[8,0]}"#,
      #""a":{"dtype":"F16","shape":[4],"data_offsets":[0]}"#,
      #""a":{"dtype":"F16","shape":[-4],"data_offsets":[0,8]}"#,
      #""a":{"dtype":"F32","shape":[9223372036854775807,9],"data_offsets":[0,8]}"#,
      #""a":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}"#,
      #""a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F16","shape":[1],"data_offsets":[1,3]}"#,
      #""a":3"#, #""a":{"dtype":"F16"}"#,
    ])
  func badTensors(tensors: String) {
    #expect(message(safetensors("{" + tensors + "}"), size: nil) != nil)
  }

  @Test("a file that ends inside its header is refused")
  func truncated() {
    let bytes = safetensors("{" + tensor("a", [4], [0, 8]) + "}")
    #expect(message(Array(bytes.prefix(20)), size: 20)?.contains("ends inside") == true)
  }

  @Test(
    "tensors tell what a file is",
    arguments: [
      ("model.diffusion_model.input_blocks.0.0.weight", "diffusion_models"),
      ("conditioner.embedders.0.transformer.x", "checkpoints"),
      ("controlnet_down_blocks.0.bias", "controlnet"), ("vision_model.x", "clip_vision"),
      ("text_model.encoder.layers.0.x", "text_encoders"), ("decoder.conv_in.weight", "vae"),
      ("emb_params", "embeddings"), ("x.hada_w1_a", "loras"), ("nothing.known", nil),
    ])
  func tensorNames(name: String, folder: String?) {
    #expect(FolderSuggestion(tensors: [name])?.folder.name == folder)
  }

  @Test(
    "directories tell what a file is, the innermost first",
    arguments: [
      ("split_files/vae/ae.safetensors", "vae: it stands in vae/"),
      ("unet/model.safetensors", "diffusion_models: it stands in unet/"),
      ("text_encoder_2/model.safetensors", "text_encoders: it stands in text_encoder_2/"),
      ("loras/vae/x.safetensors", "vae: it stands in vae/"), ("model.safetensors", nil),
      ("custom_nodes/x.py", nil),
    ])
  func directories(path: String, text: String?) {
    #expect(FolderSuggestion(repositoryPath: path)?.text == text)
  }
}

@Suite("GGUF headers")
struct GGUFHeaderTests {
  private func integer(_ value: UInt64, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private func text(_ text: String) -> [UInt8] { integer(UInt64(text.utf8.count), 8) + text.utf8 }

  private func file(_ pairs: [[UInt8]]) -> [UInt8] {
    Array("GGUF".utf8) + integer(3, 4) + integer(5, 8) + integer(UInt64(pairs.count), 8)
      + pairs.flatMap(\.self)
  }

  @Test("architecture, name and quantization are read, behind values of every type")
  func reads() throws {
    let bytes = file([
      text("x.flag") + integer(7, 4) + [1],
      text("x.numbers") + integer(9, 4) + integer(6, 4) + integer(3, 8) + integer(0, 12),
      text("x.words") + integer(9, 4) + integer(8, 4) + integer(2, 8) + text("a") + text("bc"),
      text("general.architecture") + integer(8, 4) + text("flux"),
      text("general.file_type") + integer(4, 4) + integer(15, 4),
      text("general.name") + integer(8, 4) + text("Flux"),
    ])
    let header = try #require(try FileStart(bytes, size: nil).header(named: "m.gguf"))
    #expect(header.architecture == "flux")
    #expect(header.title == "Flux")
    #expect(header.precision == "Q4_K_M")
    #expect(header.folder?.folder.name == "diffusion_models")
  }

  @Test("what follows the end of the bytes, or makes no sense, is unknown")
  func cutShort() {
    let whole = file([text("general.architecture") + integer(8, 4) + text("flux")])
    for length in 0...whole.count { _ = GGUFHeader(Array(whole.prefix(length))) }
    let absurd = file([text("a") + integer(9, 4) + integer(10, 4) + integer(.max, 8)])
    #expect(GGUFHeader(absurd)?.texts == [:])
    #expect(GGUFHeader(Array("GGUF".utf8) + integer(99, 20)) == nil)
  }

  @Test("another file under the name of a GGUF is refused")
  func foreign() {
    #expect(throws: DownloadFailure.self) {
      try FileStart([1, 2, 3, 4, 5], size: nil).header(named: "m.gguf")
    }
  }
}

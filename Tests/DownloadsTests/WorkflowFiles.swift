/// Small workflows in the shapes that ComfyUI writes.
enum WorkflowFiles {
  /// As older versions save it: version 0.4, with models in the nodes.
  static let graph = """
    {"last_node_id": 9, "last_link_id": 12, "nodes": [
      {"id": 4, "type": "CheckpointLoaderSimple", "pos": [26.5, 474], "mode": 0, "inputs": [],
       "properties": {"Node name for S&R": "CheckpointLoaderSimple", "models": [
         {"name": "sd15.safetensors", "directory": "checkpoints", "hash": "\(digits)",
          "hash_type": "SHA256",
          "url": "https://huggingface.co/org/sd15/resolve/main/sd15.safetensors?download=true"}]},
       "widgets_values": ["sd15.safetensors"]},
      {"id": 5, "type": "LoraLoader", "mode": 0, "properties": {},
       "widgets_values": ["style\\\\ink.safetensors", 1, 0.5]},
      {"id": 6, "type": "UpscaleModelLoader", "mode": 4, "properties": {},
       "widgets_values": ["4x.pth"]},
      {"id": 7, "type": "CLIPTextEncode", "widgets_values": ["a photo of a model.safetensors\\nx"]},
      {"id": 8, "type": "MarkdownNote", "widgets_values": [
        "## Models\\n- [ink](https://huggingface.co/org/ink/blob/main/ink.safetensors)\\n"]},
      {"id": 9, "type": "SaveImage", "widgets_values": ["ComfyUI"]}],
     "links": [[1, 4, 0, 5, 0, "MODEL"]], "groups": [], "config": {},
     "extra": {"ds": {"scale": 0.8, "offset": [0, 0]}}, "version": 0.4}
    """

  /// 64 hex digits.
  static let digits = String(repeating: "0123456789abcdef", count: 4)

  /// As newer versions save it: version 1, with subgraphs in one another.
  static let nested = """
    {"version": 1, "state": {"lastNodeId": 20}, "nodes": [
      {"id": 11, "type": "outer-id", "mode": 0, "widgets_values": ["wan.safetensors"],
       "properties": {"proxyWidgets": [["3", "unet_name"]]}},
      {"id": 12, "type": "switched-off", "mode": 2, "widgets_values": []}],
     "links": [{"id": 1, "origin_id": 11, "origin_slot": 0, "target_id": 12, "target_slot": 0,
                "type": "MODEL"}],
     "models": [{"name": "taesd.safetensors", "directory": "vae_approx",
                 "url": "https://huggingface.co/org/taesd/resolve/main/taesd.safetensors"}],
     "definitions": {"subgraphs": [
       {"id": "outer-id", "name": "Outer", "inputNode": {}, "outputNode": {}, "nodes": [
         {"id": 3, "type": "UNETLoader", "mode": 0, "widgets_values": ["wan.safetensors", "default"]},
         {"id": 4, "type": "inner-id", "mode": 0, "widgets_values": []}]},
       {"id": "inner-id", "name": "Inner", "inputNode": {}, "outputNode": {}, "nodes": [
         {"id": 1, "type": "DualCLIPLoader", "mode": 0,
          "widgets_values": ["clip_l.safetensors", "t5.safetensors", "flux", "default"],
          "properties": {"models": [
            {"name": "t5.safetensors", "directory": "clip",
             "url": "https://civitai.com/api/download/models/77?token=SECRET"}]}},
         {"id": 2, "type": "inner-id", "mode": 0}]},
       {"id": "switched-off", "name": "Off", "nodes": [
         {"id": 1, "type": "VAELoader", "widgets_values": ["ae.safetensors"]}]},
       {"id": "never-used", "name": "Unused", "nodes": [
         {"id": 1, "type": "VAELoader", "widgets_values": ["unused.safetensors"]}]}]},
     "extra": {}, "config": {}}
    """

  /// As it is exported for the API: no word of where anything can be had.
  static let prompt = """
    {"3": {"class_type": "KSampler", "inputs": {"seed": 156680208700286, "model": ["4", 0]}},
     "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd15.safetensors"},
           "_meta": {"title": "Load Checkpoint"}},
     "5": {"class_type": "SomeLoader", "inputs": {"lora_name_2": "ink.safetensors", "x": [NaN]}},
     "6": {"class_type": "Power Lora Loader (rgthree)", "inputs": {
       "lora_1": {"on": true, "lora": "on.safetensors", "strength": 1},
       "lora_2": {"on": false, "lora": "off.safetensors", "strength": 1}}},
     "7": {"class_type": "Another", "inputs": {"model": "what.gguf"}}}
    """

  /// A PNG of chunks; their checksums are wrong.
  static func png(_ chunks: (type: String, data: [UInt8])...) -> [UInt8] {
    let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    return chunks.reduce(start) { file, chunk in
      file + bytes(UInt32(chunk.data.count).bigEndian) + Array(chunk.type.utf8) + chunk.data
        + [0, 0, 0, 0]
    }
  }

  static func text(_ keyword: String, _ text: String) -> [UInt8] {
    Array(keyword.utf8) + [0] + Array(text.utf8)
  }

  /// A WebP with EXIF data that has texts in tags, as Pillow writes it.
  static func webp(_ texts: [String], bigEndian: Bool = false, mark: Bool = false) -> [UInt8] {
    func number<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
      bytes(bigEndian ? number.bigEndian : number.littleEndian)
    }
    var tiff = Array((bigEndian ? "MM" : "II").utf8) + number(UInt16(42)) + number(UInt32(8))
    tiff += number(UInt16(texts.count))
    var data: [UInt8] = []
    let start = 8 + 2 + 12 * texts.count + 4
    for (index, text) in texts.enumerated() {
      tiff += number(UInt16(0x0110 - index)) + number(UInt16(2))
      tiff += number(UInt32(text.utf8.count + 1)) + number(UInt32(start + data.count))
      data += Array(text.utf8) + [0]
    }
    let exif = (mark ? Array("Exif\0\0".utf8) : []) + tiff + number(UInt32(0)) + data
    let chunks =
      Array("WEBPVP8X".utf8) + bytes(UInt32(3).littleEndian) + [8, 0, 0, 0]
      + Array("EXIF".utf8) + bytes(UInt32(exif.count).littleEndian) + exif
    return Array("RIFF".utf8) + bytes(UInt32(chunks.count).littleEndian) + chunks
  }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number) { Array($0) }
  }
}

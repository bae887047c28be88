import Downloads
import Testing

@Suite("Folder")
struct FolderTests {
  @Test(
    "a folder is a safe relative path",
    arguments: [
      ("loras", "loras"), ("checkpoints/sdxl/", "checkpoints/sdxl"), ("my own", "my own"),
    ])
  func accepts(text: String, name: String) { #expect(Folder(text)?.name == name) }

  @Test("legacy names become the modern ones")
  func aliases() {
    #expect(Folder("unet")?.name == "diffusion_models")
    #expect(Folder("clip/t5")?.name == "text_encoders/t5")
  }

  @Test(
    "what could leave the models root or is no place for models is refused",
    arguments: [
      "", "/", "/etc", "..", "loras/../..", "loras//x", "./loras", ".winch", "a\\b", "a\u{0}b",
      "custom_nodes", "configs/x", "Custom_Nodes", "a/b/c/d/e/f/g/h/i",
    ])
  func refuses(text: String) { #expect(Folder(text) == nil) }

  @Test("tags name the folder: model_type first, else the first known one")
  func fromTags() {
    #expect(Folder(tags: ["models", "flux", "loras"])?.name == "loras")
    #expect(Folder(tags: ["models", "loras", "model_type:vae"])?.name == "vae")
    #expect(Folder(tags: ["models", "style"]) == nil)
    #expect(Folder(tags: ["model_type:../x", "unet"])?.name == "diffusion_models")
  }
}

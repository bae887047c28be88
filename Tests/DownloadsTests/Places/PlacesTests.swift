import HostileInput
import Testing

@testable import Downloads

@Suite("Where ComfyUI has models")
struct PlacesTests {
  private func place(_ path: String, _ folder: String? = nil) -> ModelsPlace {
    ModelsPlace(path: path, folder: folder.flatMap { Folder($0) }, origin: "test")
  }

  @Test("a place is kept once, and never the models root or its folder of that name")
  func besides() {
    let all = [
      place("/m"), place("/m/loras", "loras"), place("/m/unet", "unet"), place("/m/x", "loras"),
      place("/n"), place("/n"), place("/n", "vae"),
    ]
    #expect(
      ModelsPlace.besides("/m", among: all)
        == [place("/m/x", "loras"), place("/n"), place("/n", "vae")])
  }

  @Test("a tree has a folder under its name and the one before it; another place has only its own")
  func directories() throws {
    let diffusion = try #require(Folder("diffusion_models/flux"))
    #expect(
      place("/n").directories(of: diffusion) == ["/n/diffusion_models/flux", "/n/unet/flux"])
    #expect(place("/d", "unet").directories(of: diffusion) == ["/d/flux"])
    #expect(place("/d", "loras").directories(of: diffusion).isEmpty)
    #expect(place("/d", "loras").directories(of: try #require(Folder("loras"))) == ["/d"])
  }

  @Test("comfy-cli's workspaces: the one that is chosen, then the one that was used last")
  func workspaces() {
    let text = """
      # made by comfy-cli
      [DEFAULT]
      enable_tracking = False
      recent_workspace = /data/100%% real/ComfyUI
      Default_Workspace: ~/comfy/ComfyUI
      [other]
      default_workspace = /wrong
      """
    #expect(
      ComfyCLIConfig(text).workspaces == ["~/comfy/ComfyUI", "/data/100% real/ComfyUI"])
    #expect(ComfyCLIConfig("default_workspace = /w").workspaces.isEmpty)
    #expect(ComfyCLIConfig("[DEFAULT]\ndefault_workspace =\n").workspaces.isEmpty)
  }

  @Test("the arguments of a ComfyUI say where its models are")
  func arguments() throws {
    let all = try #require(
      ComfyUIArguments([
        "/venv/bin/python3.12", "-s", "ComfyUI/main.py", "--listen", "--base-directory", "/b",
        "--extra-model-paths-config", "a.yaml", "/b.yaml", "--port", "8188",
        "--extra-model-paths-config=c.yaml",
      ]))
    #expect(all.script == "ComfyUI/main.py")
    #expect(all.baseDirectory == "/b")
    #expect(all.extraModelPaths == ["a.yaml", "/b.yaml", "c.yaml"])
    let bare = try #require(ComfyUIArguments(["python", "main.py", "--base-directory=/c"]))
    #expect(bare.baseDirectory == "/c")
    #expect(ComfyUIArguments(["python", "main.py", "--base-directory"])?.baseDirectory == nil)
  }

  @Test(
    "another process is none",
    arguments: [
      [], ["vim", "main.py"], ["python", "app.py"], ["python", "domain.py"], ["python"],
    ])
  func otherProcess(arguments: [String]) {
    #expect(ComfyUIArguments(arguments) == nil)
  }

  @Test("hostile files and processes trap nothing")
  func hostile() {
    var generator = HostileInput(seed: 92)
    let files = ["[DEFAULT]\ndefault_workspace = /a\n", "[", "=", "recent_workspace:%%\n;x"]
    let lines = ["python\nmain.py\n--base-directory\n/x", "--extra-model-paths-config=", "\n-"]
    for _ in 0..<HostileInput.count {
      #expect(ComfyCLIConfig(generator.mutate(files)).workspaces.count <= 2)
      let words = generator.mutate(lines).split(separator: "\n").map(String.init)
      _ = ComfyUIArguments(["python", "main.py"] + words)
      _ = ComfyUIArguments(words)
    }
  }
}

/// A folder below ComfyUI's models root, such as `loras` or `checkpoints/sdxl`.
public struct Folder: Sendable, Hashable {
  /// Path with `/` between components; never absolute, never climbing.
  public let name: String

  /// Nil when the text is no safe relative path or names a folder that holds no models.
  ///
  /// The legacy names `unet` and `clip` become `diffusion_models` and `text_encoders`, as in
  /// ComfyUI's `folder_paths.py`.
  public init?(_ text: String) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.last == "" { parts.removeLast() }
    guard let first = parts.first, parts.count <= 8, parts.allSatisfy(FileName.isSafe) else {
      return nil
    }
    guard !Self.forbidden.contains(first.lowercased()) else { return nil }
    parts[0] = Self.aliases[first] ?? first
    name = parts.joined(separator: "/")
  }

  /// The folder that a request's tags name: `model_type:<folder>` first, else the first tag that
  /// is a known folder. Nil when none does.
  public init?(tags: [String]) {
    for tag in tags where tag.hasPrefix(Self.modelTypePrefix) {
      guard let folder = Folder(String(tag.dropFirst(Self.modelTypePrefix.count))) else { continue }
      self = folder
      return
    }
    for tag in tags {
      guard let folder = Folder(tag), let first = folder.name.split(separator: "/").first,
        Self.known.contains(String(first))
      else { continue }
      self = folder
      return
    }
    return nil
  }

  /// Where a loader looks for it below a models root: first under its own name, which is where files are
  /// put, then under the one that ComfyUI had for it before.
  public var directories: [String] {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    let legacy = Self.aliases.filter { $0.value == parts.first }.map(\.key)
    return [name] + legacy.map { ([$0] + parts.dropFirst()).joined(separator: "/") }
  }

  /// The tag that newer servers take for the folder.
  public var modelTypeTag: String { Self.modelTypePrefix + name }

  /// True for the tags that only say where a file belongs.
  public static func isPlacement(tag: String) -> Bool {
    tag == "models" || tag.hasPrefix(modelTypePrefix) || known.contains(tag) || aliases[tag] != nil
  }

  private static let modelTypePrefix = "model_type:"
  private static let aliases = ["unet": "diffusion_models", "clip": "text_encoders"]
  private static let forbidden: Set<String> = ["custom_nodes", "configs"]

  /// The folders ComfyUI itself knows (`folder_paths.py`).
  public static let known: [String] = [
    "checkpoints", "loras", "vae", "text_encoders", "diffusion_models", "clip_vision",
    "style_models", "embeddings", "vae_approx", "controlnet", "gligen", "upscale_models",
    "latent_upscale_models", "hypernetworks", "photomaker", "model_patches", "audio_encoders",
    "background_removal", "frame_interpolation", "geometry_estimation", "optical_flow",
    "detection", "classifiers", "diffusers",
  ]
}

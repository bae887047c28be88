/// Which inputs of which nodes take a model, and from which folder.
///
/// A workflow as ComfyUI saves it has a node's values without their names, so that the order counts.
enum LoaderTable {
  struct Slot {
    let input: String
    let folder: String
  }

  /// The slots of a node type for files, in the order of its inputs; nil for a type that is not known.
  static func slots(of type: String) -> [Slot]? { nodes[type] }

  /// The folder of an input by what nearly all nodes mean by its name; nil for a name that says nothing.
  static func folder(ofInput name: String) -> String? {
    var name = name.lowercased()
    while let last = name.last, last.isNumber || last == "_" { name.removeLast() }
    return inputs[name]
  }

  private static let inputs = [
    "ckpt_name": "checkpoints", "checkpoint_name": "checkpoints", "base_ckpt_name": "checkpoints",
    "refiner_ckpt_name": "checkpoints", "lora_name": "loras", "lora": "loras",
    "lora_file": "loras", "vae_name": "vae", "unet_name": "diffusion_models",
    "clip_name": "text_encoders", "text_encoder": "text_encoders",
    "text_encoder_name": "text_encoders", "clip_vision_name": "clip_vision",
    "control_net_name": "controlnet", "controlnet_name": "controlnet",
    "style_model_name": "style_models", "gligen_name": "gligen",
    "hypernetwork_name": "hypernetworks", "photomaker_model_name": "photomaker",
    "audio_encoder_name": "audio_encoders", "bg_removal_name": "background_removal",
    "upscale_model": "upscale_models", "upscale_model_name": "upscale_models",
    "ipadapter_file": "ipadapter", "instantid_file": "instantid", "pulid_file": "pulid",
  ]

  private static func one(_ input: String, _ folder: String) -> [Slot] {
    [Slot(input: input, folder: folder)]
  }

  private static func clips(_ count: Int) -> [Slot] {
    (1...count).map { Slot(input: "clip_name\($0)", folder: "text_encoders") }
  }

  /// ComfyUI's own (`nodes.py`, `comfy_extras`), then those of widely used custom nodes.
  private static let nodes: [String: [Slot]] = [
    "CheckpointLoader": one("ckpt_name", "checkpoints"),
    "CheckpointLoaderSimple": one("ckpt_name", "checkpoints"),
    "unCLIPCheckpointLoader": one("ckpt_name", "checkpoints"),
    "ImageOnlyCheckpointLoader": one("ckpt_name", "checkpoints"),
    "CreateHookModelAsLora": one("ckpt_name", "checkpoints"),
    "LTXVAudioVAELoader": one("ckpt_name", "checkpoints"),
    "LTXAVTextEncoderLoader":
      one("text_encoder", "text_encoders") + one("ckpt_name", "checkpoints"),
    "LoraLoader": one("lora_name", "loras"),
    "LoraLoaderModelOnly": one("lora_name", "loras"),
    "CreateHookLora": one("lora_name", "loras"),
    "CreateHookLoraModelOnly": one("lora_name", "loras"),
    "VAELoader": one("vae_name", "vae"),
    "UNETLoader": one("unet_name", "diffusion_models"),
    "CLIPLoader": one("clip_name", "text_encoders"),
    "DualCLIPLoader": clips(2),
    "TripleCLIPLoader": clips(3),
    "QuadrupleCLIPLoader": clips(4),
    "CLIPVisionLoader": one("clip_name", "clip_vision"),
    "ControlNetLoader": one("control_net_name", "controlnet"),
    "DiffControlNetLoader": one("control_net_name", "controlnet"),
    "StyleModelLoader": one("style_model_name", "style_models"),
    "GLIGENLoader": one("gligen_name", "gligen"),
    "HypernetworkLoader": one("hypernetwork_name", "hypernetworks"),
    "UpscaleModelLoader": one("model_name", "upscale_models"),
    "LatentUpscaleModelLoader": one("model_name", "latent_upscale_models"),
    "PhotoMakerLoader": one("photomaker_model_name", "photomaker"),
    "AudioEncoderLoader": one("audio_encoder_name", "audio_encoders"),
    "ModelPatchLoader": one("name", "model_patches"),
    "LoadBackgroundRemovalModel": one("bg_removal_name", "background_removal"),
    "FrameInterpolationModelLoader": one("model_name", "frame_interpolation"),
    "OnnxDetectionModelLoader": one("vitpose_model", "detection") + one("yolo_model", "detection"),

    "UnetLoaderGGUF": one("unet_name", "diffusion_models"),
    "UnetLoaderGGUFAdvanced": one("unet_name", "diffusion_models"),
    "CLIPLoaderGGUF": one("clip_name", "text_encoders"),
    "DualCLIPLoaderGGUF": clips(2),
    "TripleCLIPLoaderGGUF": clips(3),
    "QuadrupleCLIPLoaderGGUF": clips(4),
    "Power Lora Loader (rgthree)": one("lora", "loras"),
    "WanVideoModelLoader": one("model", "diffusion_models"),
    "WanVideoVAELoader": one("model_name", "vae"),
    "WanVideoLoraSelect": one("lora", "loras"),
    "LoadWanVideoT5TextEncoder": one("model_name", "text_encoders"),
    "MelBandRoFormerModelLoader": one("model_name", "diffusion_models"),
    "IPAdapterModelLoader": one("ipadapter_file", "ipadapter"),
    "ADE_LoadAnimateDiffModel": one("model_name", "animatediff_models"),
    "ADE_AnimateDiffLoRALoader": one("name", "animatediff_motion_lora"),
    "SAMLoader": one("model_name", "sams"),
    "UltralyticsDetectorProvider": one("model_name", "ultralytics"),
    "INPAINT_LoadInpaintModel": one("model_name", "inpaint"),
    "DynamiCrafterModelLoader": one("ckpt_name", "checkpoints"),
    "DynamiCrafterCNLoader": one("ckpt_name", "controlnet"),
    "LoadNLFModel": one("nlf_model", "nlf"),
  ]
}

/// What Comfy Cloud takes, so that a link it would refuse is refused before it is sent.
///
/// Models of one `.safetensors` file from huggingface.co or civitai.com (Comfy's documentation of
/// importing models).
public enum CloudRules {
  /// The largest file it takes, in bytes.
  public static let largestFile: Int64 = 100_000_000_000
  /// Folders it does not import into.
  private static let blockedFolders: Set<String> = ["nlf"]

  /// Why the cloud would not take the file; nil when nothing speaks against it. What a Civitai link
  /// leads to is only known to Civitai.
  ///
  /// - Parameters:
  ///   - folder: where it is to go; nil where nobody has said.
  ///   - size: in bytes; nil where nobody knows.
  public static func refusal(
    of reference: ModelReference, folder: Folder? = nil, size: Int64? = nil
  ) -> DownloadFailure? {
    if let size, size > largestFile {
      return FailureWords.completing(DownloadFailure(code: "FILE_TOO_LARGE", message: ""))
    }
    if let folder, let first = folder.name.split(separator: "/").first,
      blockedFolders.contains(String(first))
    {
      return FailureWords.completing(
        DownloadFailure(code: "MODEL_TYPE_NOT_SUPPORTED", message: ""))
    }
    switch reference {
    case .huggingFace(let file):
      guard !file.path.lowercased().hasSuffix(".safetensors") else { return nil }
      return DownloadFailure(
        code: "FORMAT_NOT_ALLOWED",
        message: "Comfy Cloud takes only .safetensors files, not \(reference.provisionalName).",
        hint: "Download it with --backend local, or look for a safetensors version.")
    case .civitai(let file):
      guard !["civitai.red", "civitai.green", "civitai.blue"].contains(file.url.host) else {
        return DownloadFailure(
          code: "UNSUPPORTED_SOURCE",
          message: "Comfy Cloud does not take links to \(file.url.host).",
          hint: "Use the same link on civitai.com, or --backend local.")
      }
      return nil
    }
  }
}

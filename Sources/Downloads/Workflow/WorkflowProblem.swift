/// Why a file is no workflow that could be read, and what it is instead.
public enum WorkflowProblem: Error, Sendable, Hashable {
  case empty
  /// More bytes than are read of a file or of a text in a picture.
  case tooLarge
  /// What the file is: `a JPEG picture`.
  case other(String)
  /// A picture that could hold a workflow and does not.
  case pictureWithout(String)
  /// A picture whose texts another program wrote, as Automatic1111 does.
  case foreignPicture
  /// A picture whose workflow is compressed.
  case compressed
  case malformed(JSONMistake)
  /// JSON that means something else.
  case foreignJSON
  case tooManyModels

  /// For people.
  public var failure: DownloadFailure {
    DownloadFailure(code: "INVALID_WORKFLOW", message: message, hint: hint)
  }

  private var message: String {
    switch self {
    case .empty: "This file is empty."
    case .tooLarge: "This is too large for a workflow."
    case .other(let what): "This is \(what), not a workflow."
    case .pictureWithout(let kind): "This \(kind) picture holds no workflow."
    case .foreignPicture: "This picture holds the parameters of another program, and no workflow."
    case .compressed: "The workflow in this picture is compressed, which is not read."
    case .malformed(let mistake):
      "This is no JSON: line \(mistake.line + 1): \(PlainText.sanitized(mistake.message))"
    case .foreignJSON: "This is JSON, but no workflow of ComfyUI."
    case .tooManyModels:
      "This names more than \(WorkflowModels.mostModels) models, which no workflow does."
    }
  }

  private var hint: String? {
    switch self {
    case .empty, .tooLarge, .malformed, .tooManyModels: nil
    case .other, .foreignJSON:
      "Give the JSON that ComfyUI exports, or a PNG or WebP picture that it has saved."
    case .pictureWithout, .foreignPicture:
      "Web pages and messengers often take it out; look for the picture as ComfyUI saved it."
    case .compressed: "Open it in ComfyUI and export the workflow as JSON."
    }
  }
}

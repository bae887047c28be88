/// How the lab behaves for as long as a switch stands.
public struct CloudBehaviour: Sendable {
  /// What becomes of a cancel.
  public enum Cancel: Sendable {
    /// 204, and the task is cancelled.
    case confirmed
    /// 204, and the task goes on.
    case ignored
    /// This status with this code, and the task goes on.
    case refused(Int, String)
  }

  /// Time that each answer takes; a request is carried out in the middle of it.
  public var latency = Duration.zero
  public var supportsModelTypeTags = false
  /// The older contract's names: `asset_hash` and `prompt_id`.
  public var usesOlderAssetFields = false
  /// Errors are `{"error": {"type", "message"}}` instead of `{"code", "message"}`.
  public var nestsErrors = false
  /// `task:download_file` by the web client, `model_upload` by the contract's example.
  public var taskName = "task:download_file"
  /// A 202 says `completed` at once, and no message follows.
  public var completesAtOnce = false
  /// A link that is under way already gets the task it has.
  public var sharesTasks = false
  /// `progress` is written as percent, as some servers do.
  public var writesPercent = false
  public var cancel = Cancel.confirmed
  /// The key's workspace.
  public var workspace = "workspace-lab"

  public init() {}
}

/// Something that goes wrong a number of times.
public struct CloudFault: Sendable {
  public enum Effect: Sendable {
    /// Refused with a status, a code and what `Retry-After` says.
    case refuse(Int, code: String = "LAB", message: String = "No.", retryAfter: String? = nil)
    /// The request is not carried out and the connection closed.
    case loseRequest
    /// The request is carried out and the connection closed.
    case loseAnswer
    /// The request is carried out, and the answer comes later.
    case delay(Duration)
    /// 200 with this body.
    case body(String)
    /// The head promises more than comes.
    case truncate
    /// 200 with a JSON document of so many bytes.
    case enormous(Int)
    /// 307 to the same path at another origin.
    case redirect(to: String)
  }

  let target: String
  let effect: Effect
  var times: Int
}

import Downloads

/// A download's status as a mark and a word. What has one mark has one tone: on a narrow screen the
/// mark alone is seen, and colours not always. No two have one word but those that wait for their turn:
/// whether the backend has it already only the mark tells.
struct StatusLabel {
  enum Tone { case faint, active, good, warning, bad }

  let mark: String
  let plainMark: String
  let word: String
  let tone: Tone

  private init(_ mark: String, _ plainMark: String, _ word: String, _ tone: Tone) {
    self.mark = mark
    self.plainMark = plainMark
    self.word = word
    self.tone = tone
  }

  /// - Parameters:
  ///   - silence: seconds without news, where that is too long.
  ///   - isStored: whether it stands for a stored file.
  init(_ download: Download, silence: Int64? = nil, isStored: Bool = false) {
    if isStored {
      self = Self.storedLabel(download)
    } else if let silence {
      self.init("?", "?", "silent \(DurationText.brief(seconds: silence))", .warning)
    } else {
      self = Self.label(download)
    }
  }

  private static func label(_ download: Download) -> StatusLabel {
    switch download.status {
    case .queued: StatusLabel("·", ".", "queued", .faint)
    case .created where [.paused, .waiting].contains(download.phase): running(download)
    case .created: StatusLabel("∘", "o", "queued", .faint)
    case .running: running(download)
    case .completed where download.verified == false: StatusLabel("≈", "~", "unverified", .warning)
    case .completed: StatusLabel("✓", "+", "completed", .good)
    case .failed: StatusLabel("✗", "!", "failed", .bad)
    case .cancelled: StatusLabel("×", "x", "cancelled", .faint)
    case .cancellationPending: StatusLabel("⊗", "X", "cancelling", .warning)
    default: StatusLabel("?", "?", PlainText.sanitized(download.status.rawValue), .warning)
    }
  }

  private static func storedLabel(_ file: Download) -> StatusLabel {
    switch file.status {
    case .running where file.phase == .verifying: StatusLabel("≡", "=", "checking", .active)
    case .running: StatusLabel("∘", "o", "waiting", .faint)
    case .failed:
      StatusLabel("✗", "!", FileTrouble(file.failure)?.rawValue ?? "failed", .bad)
    default:
      switch file.verified {
      case true?: StatusLabel("✓", "+", "verified", .good)
      case false?: StatusLabel("–", "-", "unverified", .warning)
      case nil: StatusLabel("✓", "+", "stored", .good)
      }
    }
  }

  private static func running(_ download: Download) -> StatusLabel {
    switch download.phase {
    case .resolving?: StatusLabel("↓", ">", "resolving", .active)
    case .verifying?: StatusLabel("≡", "=", "verifying", .active)
    case .placing?: StatusLabel("≡", "=", "placing", .active)
    case .paused?: StatusLabel("‖", "|", "paused", .warning)
    case .waiting?: StatusLabel("↻", "w", "waiting", .warning)
    default: StatusLabel("↓", ">", "running", .active)
    }
  }

  func mark(isUnicode: Bool) -> String { isUnicode ? mark : plainMark }

  func style(_ theme: Theme) -> Style {
    switch tone {
    case .faint: theme.faint
    case .active: theme.active
    case .good: theme.good
    case .warning: theme.warning
    case .bad: theme.bad
    }
  }
}

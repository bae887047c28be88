import ComfyAPI
import Downloads
import Foundation

/// Everything the screen reacts to; all of it comes in by one door.
public enum Event: Sendable {
  case key(KeyPress)
  /// Text pasted in one piece (bracketed paste).
  case paste(String)
  case mouse(MouseEvent)
  case resize(Size)
  /// The terminal takes pictures slowly.
  case slowLine
  /// What the terminal says of its colours.
  case background(Background)
  case snapshot(BoardSnapshot)
  case library(LibrarySnapshot)
  /// The user's file of settings has changed.
  case configuration(ScreenConfiguration)
  /// The time now; only what is shown as elapsed depends on it.
  case clock(Date)
  /// How a command ended.
  case outcome(Outcome)
  /// The system asks the program to end (SIGTERM, SIGHUP, SIGINT).
  case terminate
}

extension Event {
  /// Whether somebody has just done something.
  public var isFromUser: Bool {
    switch self {
    case .key, .paste, .mouse: true
    default: false
    }
  }
}

/// How a command ended.
public enum Outcome: Sendable, Equatable {
  /// The submissions are safely stored; the count is theirs. Must follow every `Command.submit`
  /// that succeeded: only then is the draft given up.
  case submitted(Int)
  /// Nothing was stored; the text says why. What was typed comes back into the input pane.
  case submitFailed(String)
  /// What a source says of a link, by its canonical URL.
  case looked(String, LinkLook)
  /// The backend's tags and folders.
  case names(BackendNames)
  /// What the user's editor left of a text.
  case edited(EditedText)
  /// The models that the workflow in a file needs, and how they stand with the backend.
  case workflow(String, [ModelNeed])
  /// What a transfer has done and met so far.
  case traced(TransferTrace)
  /// The picture of a download, or why there is none.
  case preview(UUID, Preview)
  /// Something worth one line.
  case notice(String)
  /// Something went wrong; the text says what, for people.
  case problem(String)
}

import ComfyAPI
import Downloads
import Foundation

/// What the screen asks the program to do. Each is started and never waited for.
public enum Command: Sendable, Equatable {
  /// Queue these, all or none, in place of a failed or cancelled download where one is named. Answer
  /// with `Outcome.submitted` or `Outcome.submitFailed`.
  case submit([Submission], replacing: UUID? = nil)
  case cancel([UUID])
  /// Cancel these where they are under way, delete what has arrived, and forget them.
  case discard([UUID])
  /// Ask the backend what this transfer has done and met; comes back as `Outcome.traced`, or not at
  /// all.
  case trace(UUID)
  /// Get the picture that shows what this download's model makes; what comes of it comes back as
  /// `Outcome.preview`, always.
  case showPreview(Download)
  case pause([UUID])
  case resume([UUID])
  /// Move these in the backend's queue, so that they keep their order among themselves.
  case move([UUID], to: TaskMove.Place)
  /// Move these to the end of the backend's queue, those under way too; what has arrived is kept.
  case skip([UUID])
  /// Change folder or tags of these, which have not begun.
  case revise([UUID], Revision)
  /// Limit all transfers together, in bytes per second; nil for no limit.
  case setLimit(Int64?)
  /// Take ended downloads off the list.
  case forget([UUID])
  /// Put downloads back that were taken off the list.
  case restore([Download])
  case retry([UUID])
  /// Ask the backend how these stand; what it says comes back as `Outcome.notice`.
  case check([UUID])
  /// Ask the sources what these are; each answer comes back as `Outcome.looked`.
  case look([PastedReference])
  /// Ask the backend for its tags and folders; the answer comes back as `Outcome.names`.
  case learnNames
  /// Let the user edit this text in an editor of theirs, which takes the terminal meanwhile; what
  /// comes of it comes back as `Outcome.edited`, or `Outcome.problem` when nothing does.
  case edit(EditedText)
  /// Read which models the workflow in a file of this machine needs; they come back as
  /// `Outcome.workflow`, or `Outcome.problem` says what the file is instead.
  case readWorkflow(String)
  /// Keep what stands in the input pane, in place of what was kept before; it holds no secret.
  case saveDraft(Draft)
  /// These have ended; true when nothing is under way any more.
  case ended([Download], isQueueDone: Bool)
  /// Remember these for the next run.
  case saveSettings(ScreenSettings)
  /// Read what the backend has stored, unless what was read is still good; comes as
  /// `Event.library`, and so do all changes until it is closed.
  case openLibrary
  case closeLibrary
  /// Read what the backend has stored, whatever was read before.
  case readLibrary
  /// Change what the user says of these stored files.
  case editAssets([String], AssetEdit)
  /// Forget these, and delete their files where the backend is told to.
  case deleteAssets([String], deletingFiles: Bool)
  /// Have these read again; how far that is comes as `Event.library`.
  case checkAssets([String])
  /// Put this into the clipboard of the machine that the user sits at.
  case copy(String)
  /// Tell somebody who looks elsewhere.
  case notify(DesktopNotification)
  /// Give the terminal back and stop, as the shell's job control expects.
  case suspend
  /// Draw every cell anew: something else wrote on the screen.
  case redraw
  case quit
}

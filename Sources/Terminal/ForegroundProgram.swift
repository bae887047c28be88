import CTerminal
import Dispatch
import Foundation

/// A program that has the terminal while it runs, such as the user's editor.
public enum ForegroundProgram {
  /// Runs a program to its end, on a thread of its own. `^Z` stops both, and `fg` lets both go on.
  ///
  /// - Parameter command: the program, found in `PATH`, and its arguments; no shell reads them.
  /// - Returns: its exit status; 128 and the signal's number when a signal ended it; below 0 when it
  ///   could not be started.
  public static func run(_ command: [String]) async -> Int32 {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "winch.child").async {
        let words = command.map { strdup($0) }
        defer { for word in words { free(word) } }
        continuation.resume(returning: winch_child_run(words + [nil]))
      }
    }
  }
}

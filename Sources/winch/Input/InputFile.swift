import Downloads
import Foundation

/// A file that a command was given, or `-` for standard input.
struct InputFile {
  /// Nil for standard input.
  private let path: String?

  /// - Parameter argument: as it was given: `-` means standard input.
  init(_ argument: String) { path = argument == "-" ? nil : argument }

  init(path: String) { self.path = path }

  /// What people call it.
  var name: String { path ?? "standard input" }

  /// Its bytes, no more than the limit.
  ///
  /// - Throws: a `CommandExit` that says why it cannot be read, and what to do.
  func read(upTo limit: Int) throws -> Data {
    let handle = path.map { FileHandle(forReadingAtPath: $0) } ?? FileHandle.standardInput
    guard let handle else { throw refusal }
    do {
      return try handle.read(upToCount: limit) ?? Data()
    } catch {
      throw refusal
    }
  }

  private var refusal: CommandExit {
    var isFolder: ObjCBool = false
    guard let path else {
      return CommandExit(.badInput, "Standard input cannot be read.", "Give a file instead.")
    }
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return CommandExit(
        .badInput, "There is no file \(path).", "Check the path, or give - for standard input.")
    }
    guard !isFolder.boolValue else {
      return CommandExit(
        .badInput, "\(path) is a folder.", "Give a file in it, or - for standard input.")
    }
    return CommandExit(
      .badInput, "\(path) cannot be read.", "Check its permissions and the disk, or give a copy.")
  }
}

extension InputFile {
  /// The models that the workflow in it needs.
  ///
  /// - Throws: a `CommandExit` that says what it is instead.
  func workflowModels() throws -> WorkflowModels {
    let bytes = try read(upTo: WorkflowModels.longestFile + 1)
    do throws(WorkflowProblem) {
      return try WorkflowModels(Array(bytes))
    } catch {
      let failure = error.failure
      throw CommandExit(
        DownloadFailure(
          code: failure.code, message: "\(name): \(failure.message)", hint: failure.hint))
    }
  }
}

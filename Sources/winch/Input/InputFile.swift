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
  func read(upTo limit: Int) throws -> Data {
    let handle = path.map { FileHandle(forReadingAtPath: $0) } ?? FileHandle.standardInput
    guard let handle else { throw CommandExit(.badInput, "\(name) cannot be read.") }
    do {
      return try handle.read(upToCount: limit) ?? Data()
    } catch {
      throw CommandExit(.badInput, "\(name) cannot be read.")
    }
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

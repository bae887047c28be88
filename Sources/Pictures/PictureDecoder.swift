import Foundation
import Interface

/// Makes pictures of files that anybody may have made, each in a process of its own, one at a time.
///
/// A process that does not read its file to the end must not end this one: whoever uses this has
/// SIGPIPE ignored.
public actor PictureDecoder {
  /// The longest file that is decoded.
  public static let mostBytes = 8 << 20
  /// From the start of the process to its end, in seconds; it computes for less.
  private static let patience = 20

  private let program: String
  private let arguments: [String]
  /// The decoding before, for which the next one waits.
  private var last: Task<Result<Picture, PictureError>, Never>?

  /// - Parameters:
  ///   - program: a program that calls `DecodingProcess.run`.
  ///   - arguments: those that make it do so.
  public init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  public func picture(of file: [UInt8]) async throws(PictureError) -> Picture {
    guard file.count <= Self.mostBytes else { throw .tooLarge }
    let task = Task { [last, program, arguments] in
      _ = await last?.value
      return await Self.picture(of: file, program, arguments)
    }
    last = task
    return try await task.value.get()
  }

  private static func picture(
    of file: [UInt8], _ program: String, _ arguments: [String]
  ) async -> Result<Picture, PictureError> {
    let (input, output) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    async let answer = read(output.fileHandleForReading)
    let status = await run(process) { Self.send(file, to: input.fileHandleForWriting) }
    guard let status else {
      try? output.fileHandleForWriting.close()
      _ = await answer
      return .failure(.failed)
    }
    let bytes = await answer
    guard status == 0 else { return .failure(PictureError(rawValue: status) ?? .failed) }
    guard let map = PixelMap(bytes),
      let picture = Picture(width: map.width, height: map.height, bytes: map.bytes)
    else { return .failure(.failed) }
    return .success(picture)
  }

  /// What finding libraries takes; the tokens of this process are none of the decoder's business.
  private static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter { ["PATH", "LD_LIBRARY_PATH"].contains($0.key) }
  }

  /// The exit status, or the number of the signal that ended it; nil when it could not be started.
  private static func run(
    _ process: Process, started: @escaping @Sendable () -> Void
  ) async -> Int32? {
    await withCheckedContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
        started()
        end(process, after: patience)
      } catch {
        process.terminationHandler = nil
        continuation.resume(returning: nil)
      }
    }
  }

  private static func end(_ process: Process, after seconds: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
  }

  /// A pipe holds little, and the process may never read it.
  private static func send(_ file: [UInt8], to handle: FileHandle) {
    DispatchQueue.global().async {
      try? handle.write(contentsOf: Data(file))
      try? handle.close()
    }
  }

  /// Everything up to the end, or one byte more than a picture can have.
  private static func read(_ handle: FileHandle) async -> [UInt8] {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var bytes: [UInt8] = []
        let most = Picture.mostSide * Picture.mostSide * 3 + 64
        while bytes.count <= most, let data = try? handle.read(upToCount: 1 << 16), !data.isEmpty {
          bytes += data
        }
        try? handle.close()
        continuation.resume(returning: bytes)
      }
    }
  }
}

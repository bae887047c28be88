import Foundation

/// The processes that were started with a folder somewhere in their environment.
public struct ProcessesOfHome: Sendable {
  private let folder: Data

  public init(_ folder: URL) { self.folder = Data(folder.path().utf8) }

  /// Their process ids; those that have ended and are not yet waited for have no environment any more.
  public var identifiers: [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { identifier in
      let environment = try? Data(contentsOf: URL(filePath: "/proc/\(identifier)/environ"))
      return environment?.range(of: folder) != nil
    }
  }

  /// Asks all to end, those too that are only starting, and returns once there are none; who does not
  /// end in ten seconds is killed.
  public func end() async {
    for signal in [SIGTERM, SIGKILL] {
      for _ in 0..<500 {
        let rest = identifiers
        if rest.isEmpty { return }
        for identifier in rest { kill(identifier, signal) }
        try? await Task.sleep(for: .milliseconds(20))
      }
    }
  }
}

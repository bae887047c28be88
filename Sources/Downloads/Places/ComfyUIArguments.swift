/// The arguments of a process that is ComfyUI, as far as they say where models are.
public struct ComfyUIArguments: Sendable, Equatable {
  /// The path of `main.py`, as it was given.
  public var script: String
  /// What `--base-directory` was given; the last one counts.
  public var baseDirectory: String?
  /// What `--extra-model-paths-config` was given, in that order.
  public var extraModelPaths: [String] = []

  /// Nil for a process that is no Python with a `main.py`.
  ///
  /// - Parameter arguments: with the name of the program.
  public init?(_ arguments: [String]) {
    guard let program = arguments.first?.split(separator: "/").last, program.hasPrefix("python"),
      // Python's own options come before the script.
      let place = arguments.dropFirst().prefix(8).firstIndex(where: Self.isScript)
    else { return nil }
    script = arguments[place]
    var rest = arguments[(place + 1)...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let given = parts.count > 1 ? String(parts[1]) : nil
      switch parts.first {
      case "--base-directory":
        guard let value = given ?? rest.popFirst(), !value.isEmpty else { continue }
        baseDirectory = value
      case "--extra-model-paths-config":
        if let given { extraModelPaths.append(given) }
        while given == nil, let next = rest.first, !next.hasPrefix("--") {
          extraModelPaths.append(next)
          rest.removeFirst()
        }
      default: continue
      }
    }
  }

  private static func isScript(_ argument: String) -> Bool {
    argument == "main.py" || argument.hasSuffix("/main.py")
  }
}

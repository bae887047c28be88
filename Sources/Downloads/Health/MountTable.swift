/// The filesystems of a Linux machine, as `/proc/self/mountinfo` lists them (proc(5)).
public struct MountTable: Sendable {
  private let mounts: [(point: String, filesystem: String)]

  public init(_ text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let halves = line.firstRange(of: " - ").map { ($0.lowerBound, $0.upperBound) }
      let fields = line.split(separator: " ")
      guard let halves, fields.count > 4,
        let filesystem = line[halves.1...].split(separator: " ").first
      else { return nil }
      return (Self.unescaped(String(fields[4])), String(filesystem))
    }
  }

  /// The filesystem that a path is on; nil when the table does not tell.
  ///
  /// - Parameter path: absolute and without links.
  public func filesystem(of path: String) -> String? {
    var best: (point: String, filesystem: String)?
    // Of two mounts on one point the later one is seen.
    for mount in mounts where Self.isBelow(path, mount.point) {
      if mount.point.count >= (best?.point.count ?? 0) { best = mount }
    }
    return best?.filesystem
  }

  private static func isBelow(_ path: String, _ point: String) -> Bool {
    point == "/" || path == point || path.hasPrefix(point + "/")
  }

  /// Blanks and backslashes are written as octal numbers.
  private static func unescaped(_ text: String) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")].reduce(text) {
      $0.replacing($1.0, with: $1.1)
    }
  }
}

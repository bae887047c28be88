/// A setting's value, and where it was set.
struct Sourced<Value: Sendable>: Sendable {
  var value: Value
  var source: SettingSource

  init(_ value: Value, _ source: SettingSource) {
    self.value = value
    self.source = source
  }
}

extension Sourced: Equatable where Value: Equatable {}

/// Where a setting was set, the strongest first.
enum SettingSource: Sendable, Equatable {
  /// An option of the command line.
  case flag(String)
  /// A variable of the environment.
  case environment(String)
  /// A file, by its path, and the line where that is known.
  case file(String, line: Int? = nil)
  /// Nowhere: it is what Winch does by itself.
  case builtIn
}

extension SettingSource: CustomStringConvertible {
  var description: String {
    switch self {
    case .flag(let name), .environment(let name): name
    case .file(let path, let line): line.map { "\(path):\($0)" } ?? path
    case .builtIn: "default"
    }
  }
}

import ComfyAPI
import Downloads

/// What is said of a change that was written.
struct ConfigChangeReport {
  let change: ConfigChange
  let key: String
  /// With the change.
  let settings: Settings

  /// Changes a setting in the config file, and says so.
  ///
  /// - Parameter value: nil to take it out.
  static func change(_ key: String, to value: String?, json: Bool) throws {
    do throws(DownloadFailure) {
      let settings = Settings.ofEnvironmentAlone
      let path = settings.configPath
      let change =
        if let value { try ConfigChange(key, to: value, at: path) } else {
          try ConfigChange(removing: key, at: path)
        }
      try change.write()
      try Self(change: change, key: key, settings: settings.reread()).write(json: json)
    } catch  where error.code == "INVALID_CONFIG" {
      // What is wrong with a value that was just typed needs no advice about files.
      throw CommandExit(.badInput, error)
    } catch {
      throw CommandExit(error)
    }
  }

  private func write(json: Bool) throws(DownloadFailure) {
    guard !json else {
      let answer: JSONValue = .object([
        "key": .string(key), "value": .optional(change.text),
        "config": .string(settings.configPath),
        "effect": .optional(change.option?.effect.rawValue),
      ])
      return StandardOutput.write((try? WireFormat.encodeText(answer)) ?? "")
    }
    StandardOutput.write(PlainText.sanitized(try sentence))
    guard let option = change.option else { return }
    StandardOutput.write(option.effect.rawValue)
    // What is set elsewhere would make the change seem to do nothing.
    if case .environment(let name) = try settings.setting(option).source {
      StandardError.write("\(name) is set, and wins over the file.")
    }
  }

  private var sentence: String {
    get throws(DownloadFailure) {
      let path = settings.configPath
      if let text = change.text { return "\(key) is \(text) now, in \(path)." }
      guard change.path.count == 1, let option = change.option else {
        return "\(key) is taken out of \(path)."
      }
      let setting = try settings.setting(option)
      return "\(key) is taken out of \(path): "
        + "\(SettingsReport.text(setting.value)) holds (\(setting.source))."
    }
  }
}

/// What the screen remembers from one run to the next. Each part says for itself what it is when
/// nothing was kept of it.
public struct ScreenSettings: Sendable, Equatable, Codable {
  /// Names of the questions that are not to be asked again.
  var unasked: Set<String> = []
  /// Lines entered after `:`, oldest first.
  var commands: [String] = []
  /// What `:notify` has chosen; nil leaves it to the configuration.
  var chosenNotifications: NotificationWish?
  /// Whether clicks and the wheel are taken; while they are, text is selected with Shift held.
  var hasMouse = false
  /// Whether the details show the picture of what a model makes.
  var showsPreviews = true
  /// What `:theme` has chosen; nil leaves it to the configuration.
  var theme: ThemeName?
  var table = TableSettings()
  var library = TableSettings.library

  public init() {}

  public init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: CodingKeys.self)
    // A part of another version is as good as none: what is remembered must not keep the rest out.
    func part<Value: Decodable>(_ key: CodingKeys, _ otherwise: Value) -> Value {
      (try? parts.decodeIfPresent(Value.self, forKey: key)) ?? otherwise
    }
    unasked = part(.unasked, unasked)
    commands = part(.commands, commands)
    chosenNotifications = part(.chosenNotifications, chosenNotifications)
    hasMouse = part(.hasMouse, hasMouse)
    showsPreviews = part(.showsPreviews, showsPreviews)
    theme = part(.theme, theme)
    table = part(.table, table)
    library = part(.library, library)
  }
}

/// What the user's file says of the screen. What was chosen on the screen itself wins over it.
public struct ScreenConfiguration: Sendable {
  public var theme: ThemeName
  public var notifications: NotificationWish
  public var keys: KeyMap

  public init(
    theme: ThemeName = .auto, notifications: NotificationWish = .each, keys: KeyMap = KeyMap()
  ) {
    self.theme = theme
    self.notifications = notifications
    self.keys = keys
  }
}

extension State {
  /// Takes over what the file says now, and tells where it changes nothing because of a choice made on
  /// the screen.
  mutating func take(_ new: ScreenConfiguration) {
    let old = configuration
    configuration = new
    if new.theme != old.theme, let chosen = settings.theme {
      say(
        .notice(
          "The theme stays \(chosen.rawValue), as chosen here; :theme config takes the file's."))
    } else if new.notifications != old.notifications, let chosen = settings.chosenNotifications {
      say(
        .notice(
          "You are told of \(chosen.rawValue), as chosen here; :notify config takes the file's."))
    } else {
      say(.success("The changed config.yaml is taken over."))
    }
  }
}

import Downloads

/// Keeping record of what happens without a key, and telling somebody who looks elsewhere.
extension State {
  mutating func note(_ happenings: Happenings) -> [Command] {
    for message in happenings.messages {
      // What a key has just done is not covered by what happened meanwhile.
      if self.message == nil || message.kind == .problem { say(message) } else { log(message) }
    }
    // Whoever cancels knows of it.
    let downloads = happenings.ended.filter { $0.status != .cancelled }
    guard !downloads.isEmpty else { return [] }
    let ended = Command.ended(downloads, isQueueDone: happenings.isQueueDone)
    guard let notification = notification(of: happenings) else { return [ended] }
    return [ended, .notify(notification)]
  }

  mutating func noteConnection(from before: BackendState.Connection) {
    guard before != backend.connection else { return }
    switch backend.connection {
    case .connecting: break
    case .online:
      if before != .connecting { log(.success("\(backend.name) answers again.")) }
    case .offline(let reason):
      log(.problem(reason.isEmpty ? "\(backend.name) is not reachable." : reason))
    case .refused(let failure):
      log(.problem(failure.sentence))
    }
  }

  mutating func setNotifications(_ text: String) -> [Command] {
    guard text == Self.asConfigured || NotificationWish(rawValue: text) != nil else {
      let choices = Self.notificationChoices.joined(separator: ", ")
      say(.notice("You are told of: \(notificationWish.rawValue). There are \(choices)."))
      return []
    }
    settings.chosenNotifications = NotificationWish(rawValue: text)
    say(.success("You are told of: \(notificationWish.rawValue)."))
    return [.saveSettings(settings)]
  }

  /// What is chosen on the screen, else what the configuration says.
  private var notificationWish: NotificationWish {
    settings.chosenNotifications ?? configuration.notifications
  }

  /// What `:notify` takes.
  static let notificationChoices = NotificationWish.allCases.map(\.rawValue) + [asConfigured]

  private func notification(of happenings: Happenings) -> DesktopNotification? {
    switch notificationWish {
    case .off: return nil
    case .queue where !happenings.isQueueDone: return nil
    default: break
    }
    let title = happenings.isQueueDone ? "Winch: all downloads have ended" : "Winch"
    return DesktopNotification(
      title: title, body: happenings.messages.map(\.text).joined(separator: " "))
  }
}

/// What the user is told of by the terminal's bell or the desktop.
public enum NotificationWish: String, Sendable, Codable, CaseIterable {
  case each, queue, off
}

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
    guard let wish = NotificationWish(rawValue: text) else {
      say(.notice("You are told of: \(settings.notifications.rawValue). Say each, queue or off."))
      return []
    }
    settings.notifications = wish
    say(.success("You are told of: \(wish.rawValue)."))
    return [.saveSettings(settings)]
  }

  private func notification(of happenings: Happenings) -> DesktopNotification? {
    switch settings.notifications {
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
enum NotificationWish: String, Sendable, Codable, CaseIterable {
  case each, queue, off
}

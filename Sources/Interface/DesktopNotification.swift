/// What is told outside of the screen, to somebody who looks elsewhere.
public struct DesktopNotification: Sendable, Hashable {
  public var title: String
  public var body: String

  public init(title: String, body: String) {
    self.title = title
    self.body = body
  }
}

/// A backend's key. Its value is left out of every description, dump and reflection.
public struct APIKey: Sendable, Hashable {
  public let value: String

  public init(_ value: String) { self.value = value }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "APIKey(redacted)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Who the caller is.
public struct UserResponse: Sendable, Equatable, Codable {
  public var id: String?
  public var status: String

  public init(id: String? = nil, status: String) {
    self.id = id
    self.status = status
  }
}

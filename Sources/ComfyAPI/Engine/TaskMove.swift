/// The body of `POST /api/winch/tasks/{id}/move`: a new place among the tasks that wait.
public struct TaskMove: Sendable, Equatable, Codable, ContractRequest {
  public enum Place: String, Sendable, Codable, CaseIterable {
    case top, up, down, end
  }

  public var to: Place

  public init(to: Place) { self.to = to }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case to
  }
}

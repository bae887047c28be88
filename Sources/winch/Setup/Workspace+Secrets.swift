import ComfyAPI
import ComfyClient

extension Workspace {
  /// The tokens that the backend keeps, without their values.
  func secrets() async throws -> [SecretResponse] {
    do throws(ClientError) {
      return try await client.secrets()
    } catch  where error.kind == .notFound {
      throw CommandExit(
        .unavailable, "\(client.backend.name) keeps no tokens.",
        "Winch's own engine does: --backend local.")
    } catch {
      throw CommandExit(error)
    }
  }
}

extension [SecretResponse] {
  /// The one of that name or id.
  func named(_ name: String) -> SecretResponse? {
    first { $0.name == name } ?? first { $0.id == name.lowercased() }
  }
}

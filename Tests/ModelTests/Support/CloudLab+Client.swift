import CloudLab
import ComfyClient
import Foundation
import Transport

extension CloudLab {
  /// A client that has the lab's key.
  func client(
    name: String = "test", transport: HTTPTransport = HTTPTransport()
  ) -> ComfyClient {
    ComfyClient(
      backend: Backend(name: name, address: .http(base: origin, key: APIKey(CloudLab.key))),
      transport: transport)
  }

  /// Runs a body against a running lab, with a client of it.
  static func withClient(
    _ body: (CloudLab, ComfyClient) async throws -> Void
  ) async throws {
    try await withRunning { lab in try await body(lab, lab.client()) }
  }
}

/// Waits for a condition, asking often; false when the time is up.
func eventually(
  within limit: Duration = .seconds(300), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let deadline = ContinuousClock.now + limit
  while ContinuousClock.now < deadline {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return false
}

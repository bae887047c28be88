import ComfyAPI
import Foundation
import Testing

@testable import EngineServer

@Suite("made-up requests")
struct RandomRequestTests {
  @Test(
    "are answered, never with a server error, and every refusal says why",
    .serialized, arguments: 1...4 as ClosedRange<UInt64>)
  func random(seed: UInt64) async throws {
    try await StoredLibrary.with { library in
      let ids = try await library.get("/api/assets", as: ListAssetsResponse.self).assets.map(\.id)
      var requests = RandomRequests(seed: seed, ids: ids)
      for number in 0..<500 {
        let request = requests.next()
        let answer = try await library.server.exchange(request.bytes)
        let isServerError = answer.status == 0 || answer.status >= 500
        let isUnexplained = answer.status >= 400 && !request.isHead && answer.error == nil
        if isServerError || isUnexplained {
          let shown = String(decoding: request.bytes.prefix(2000), as: UTF8.self)
          Issue.record("request \(number) was answered with \(answer.status): \(shown)")
        }
      }
      let work = library.models + "/.winch"
      let left = (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? []
      #expect(!left.contains { $0.hasSuffix(".upload") })
    }
  }
}

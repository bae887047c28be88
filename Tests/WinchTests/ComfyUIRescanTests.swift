import Downloads
import Foundation
import Logging
import Synchronization
import Testing

@testable import OriginLab
@testable import winch

@Suite("A ComfyUI that is told of new models")
struct ComfyUIRescanTests {
  /// Plays ComfyUI with these answers, the last one again and again, and tells what it was asked.
  private func withComfyUI(
    _ statuses: [Int], _ body: (HTTPURL) async throws -> Void
  ) async throws -> [String] {
    let server = try await LabServer.start()
    let asked = Mutex<[String]>([])
    server.setHandler { request in
      asked.withLock { asked in
        asked.append("\(request.method) \(request.path)")
        return .json(statuses[min(asked.count, statuses.count) - 1], "{}")
      }
    }
    do {
      try await body(try #require(HTTPURL("http://127.0.0.1:\(server.port)/")))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
    return asked.withLock(\.self)
  }

  private func rescan(_ url: HTTPURL?) -> ComfyUIRescan {
    ComfyUIRescan(
      url, pause: .zero, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  @Test("is asked to scan, and for nothing else")
  func scans() async throws {
    let asked = try await withComfyUI([202]) { url in
      #expect(await rescan(url).answer(of: url) == .scanning)
    }
    #expect(asked == ["POST /api/assets/seed"])
  }

  @Test("that scans already is asked again until it begins anew")
  func busy() async throws {
    let asked = try await withComfyUI([409, 202]) { url in await rescan(url).ask() }
    #expect(asked.count == 2)
  }

  @Test("without assets is asked once and then left alone", arguments: [404, 503])
  func notOffered(status: Int) async throws {
    let asked = try await withComfyUI([status]) { url in await rescan(url).ask() }
    #expect(asked.count == 1)
  }

  @Test("that is not there costs nothing, and none is asked where none is named")
  func absent() async throws {
    let gone = try #require(HTTPURL("http://127.0.0.1:1"))
    guard case .failed = await rescan(gone).answer(of: gone) else {
      Issue.record("nobody listens on port 1")
      return
    }
    await rescan(nil).ask()
  }
}

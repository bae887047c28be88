import ComfyAPI
import Foundation
import Hummingbird
import Testing

@testable import EngineServer

/// Compares `Docs/API.md` with the routes of the server.
@Suite("The page about the API")
struct APIPageTests {
  private let page: String
  private let routes: Set<String>

  init() throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    page = try String(contentsOf: root.appending(path: "Docs/API.md"), encoding: .utf8)
    let router = Routes(engine: FakeEngine(), logger: .silent, onShutdown: {}).router
    routes = Set(router.routes.map { $0.path.description.withoutNames })
  }

  @Test("has every path that is served, with its methods")
  func served() async throws {
    var documented: [String: Set<String>] = [:]
    for row in try section("Served").matches(of: /(?m)^\| (`\/[^|]+) \| ([A-Z, ]+) \|/) {
      for path in paths(in: String(row.1)) {
        documented[path, default: []].formUnion(
          row.2.split(separator: ", ").map(String.init))
      }
    }
    let answers = try await answers()
    #expect(documented == answers.compactMapValues { $0 })
  }

  @Test("has every path of the contract that is not served")
  func unserved() async throws {
    let rows = try section("Not served").matches(of: /(?m)^\| (`\/[^|]+) \|/)
    let documented = Set(rows.flatMap { paths(in: String($0.1)) })
    #expect(documented == Set(try await answers().filter { $0.value == nil }.keys))
  }

  @Test("names no path that there is not")
  func mentions() {
    let paths = paths(in: page)
    #expect(paths.count > 50)
    #expect(Set(paths).subtracting(routes).sorted() == [])
  }

  @Test("has every ability that is announced")
  func abilities() async throws {
    let sentence = try #require(
      page.firstMatch(of: /announces under `winch` (.+?)\.\n/.dotMatchesNewlines()))
    let documented = Set(sentence.1.matches(of: /`([a-z_]+)`/).map { String($0.1) })
    try await RunningServer.onSocket { server in
      let features = try await server.client.features()
      let announced = Set((features.values["winch"]?.object ?? [:]).keys)
      #expect(documented == announced.subtracting(["version"]))
    }
  }

  // MARK: Reading

  /// From a heading to the next of its level.
  private func section(_ heading: String) throws -> Substring {
    let start = try #require(page.range(of: "## \(heading)\n"), "\(heading)")
    let text = page[start.upperBound...]
    return text[..<(text.range(of: "\n## ")?.lowerBound ?? text.endIndex)]
  }

  /// The paths in a text, but for those that stand for many or are told of as wrong.
  private func paths(in text: String) -> [String] {
    text.matches(of: /`(?:[A-Z]+ )?(\/(?:api|internal|ws)[^`? ]*)[^`]*`/).map { String($0.1) }
      .filter { !$0.hasSuffix("/") }.map(\.withoutNames)
  }

  /// The methods of each path as the server tells them; nil where it serves none.
  private func answers() async throws -> [String: Set<String>?] {
    try await RunningServer.onSocket { server in
      var all: [String: Set<String>?] = [:]
      for route in routes {
        let path = route.replacing("{}", with: "0f8fad5b-d9cb-469f-a165-70867728950e")
        let allowed = try await server.send("OPTIONS", path).headers["Allow"]
        all[route] = .some(allowed.map(Self.own))
      }
      return all
    }
  }

  /// The methods that a path has of its own: `OPTIONS` is everywhere, `HEAD` where `GET` is.
  private static func own(_ allowed: String) -> Set<String> {
    let methods = Set(allowed.split(separator: ", ").map(String.init)).subtracting(["OPTIONS"])
    return methods.contains("GET") ? methods.subtracting(["HEAD"]) : methods
  }
}

extension String {
  /// A path whose parameters have no names: the page and the router call them as they like.
  fileprivate var withoutNames: String {
    replacing(/\{[^}]*\}|:[a-z_]+/, with: "{}")
  }
}

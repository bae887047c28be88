import ComfyAPI
import Foundation
import Hummingbird

/// The query of a request, read strictly: what cannot be used is refused by its name.
struct RequestParameters {
  private let parameters: Parameters

  /// - Throws: 400 for a query whose percent-encoding is broken.
  init(_ request: Request) throws(Refusal) {
    let query = request.uri.query ?? ""
    for item in query.split(separator: "&") where item.removingPercentEncoding == nil {
      let name = item.prefix { $0 != "=" }
      throw .invalid(String(name.prefix(40)), "The query is not properly percent-encoded.")
    }
    parameters = request.uri.queryParameters
  }

  func text(_ name: String) -> String? { parameters[Substring(name)].map(String.init) }

  func number(_ name: String, from least: Int, through most: Int) throws(Refusal) -> Int? {
    guard let text = text(name) else { return nil }
    guard let value = Int(text), (least...most).contains(value) else {
      throw .invalid(name, "'\(name)' should be a number from \(least) to \(most).")
    }
    return value
  }

  func offset() throws(Refusal) -> Int {
    try number("offset", from: 0, through: Int(Int32.max)) ?? 0
  }

  func boolean(_ name: String) throws(Refusal) -> Bool? {
    switch text(name) {
    case nil: return nil
    case "true": return true
    case "false": return false
    default: throw .invalid(name, "'\(name)' should be true or false.")
    }
  }

  func date(_ name: String) throws(Refusal) -> Date? {
    guard let text = text(name) else { return nil }
    guard let date = Timestamp.date(from: text) else {
      throw .invalid(name, "'\(name)' should be a time such as 2026-01-31T12:00:00Z.")
    }
    return date
  }

  /// One of a few words.
  func choice(_ name: String, of words: [String]) throws(Refusal) -> String? {
    guard let text = text(name) else { return nil }
    guard words.contains(text) else {
      throw .invalid(name, "'\(name)' should be one of \(words.joined(separator: ", ")).")
    }
    return text
  }

  /// A comma-separated list; empty when it is not there.
  func list(_ name: String) -> [String] {
    (text(name) ?? "").split(separator: ",").map(String.init)
  }
}

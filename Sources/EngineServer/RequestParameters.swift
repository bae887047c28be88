import ComfyAPI
import Foundation
import Hummingbird

/// The query of a request, read strictly: what cannot be used is refused by its name.
///
/// It is read as forms write it, where `+` is a space. Parameters nobody asks for are passed over.
struct RequestParameters {
  private let values: [String: String]

  /// - Throws: 400 for a query whose percent-encoding is broken, that gives a parameter twice, or
  ///   that holds a NUL.
  init(_ request: Request) throws(Refusal) {
    var values: [String: String] = [:]
    for item in (request.uri.query ?? "").split(separator: "&") {
      let halves = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(halves[0]), let value = Self.decoded(halves.dropFirst().first)
      else {
        throw .invalid(
          String(halves[0].prefix(40)), "The query is not properly percent-encoded.")
      }
      guard !value.utf8.contains(0) else {
        throw .invalid(String(name.prefix(40)), "A parameter holds a NUL.")
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw .invalid(String(name.prefix(40)), "A parameter is given twice.")
      }
    }
    self.values = values
  }

  private static func decoded(_ text: Substring?) -> String? {
    (text ?? "").replacing("+", with: " ").removingPercentEncoding
  }

  func text(_ name: String) -> String? { values[name] }

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

  /// A time of RFC 3339. A plain `+` of its offset has become a space, and is taken as it was meant.
  func date(_ name: String) throws(Refusal) -> Date? {
    guard let text = text(name)?.replacing(" ", with: "+") else { return nil }
    guard Timestamp.hasZone(text), let date = Timestamp.date(from: text) else {
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

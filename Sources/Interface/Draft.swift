import ComfyAPI
import Downloads
import Foundation

/// What stands in the input pane and has not been queued: kept so that nothing typed is lost.
public struct Draft: Sendable, Equatable {
  /// One line each; secrets are taken out before a draft leaves the pane.
  public var links: [String]
  public var tags: String
  public var folder: String
  /// `key=value` lines or one JSON object.
  public var metadata: String
  /// The files that were chosen of a link that leads to several, by the canonical URLs of both.
  public var choices: [String: [String]]
  /// Where a workflow looks for files, by their canonical URLs.
  public var places: [String: Place]
  /// The failed or cancelled download that is being changed, whose place this takes.
  public var replaces: UUID?

  /// Where a workflow looks for a file; a folder that is typed comes before its folder.
  public struct Place: Sendable, Equatable, Codable {
    /// Below the models root; nil where the workflow does not tell.
    public var folder: String?
    /// Nil for the name that its source gives it.
    public var name: String?

    public init(folder: String? = nil, name: String? = nil) {
      self.folder = folder
      self.name = name
    }
  }

  /// - Parameter urls: one link a line.
  public init(
    urls: String = "", tags: String = "", folder: String = "", metadata: String = "",
    choices: [String: [String]] = [:], places: [String: Place] = [:], replaces: UUID? = nil
  ) {
    self.init(
      links: urls.isEmpty ? [] : CleanLines.of(urls), tags: tags, folder: folder,
      metadata: metadata, choices: choices, places: places, replaces: replaces)
  }

  init(
    links: [String], tags: String = "", folder: String = "", metadata: String = "",
    choices: [String: [String]] = [:], places: [String: Place] = [:], replaces: UUID? = nil
  ) {
    self.links = links == [""] ? [] : links
    self.tags = tags
    self.folder = folder
    self.metadata = metadata
    self.choices = choices
    self.places = places
    self.replaces = replaces
  }

  /// The text a download could have been queued from.
  init(editing download: Download) {
    let metadata = download.userMetadata
    self.init(
      links: [download.url], tags: download.tags.joined(separator: ", "),
      folder: download.folder ?? "",
      metadata: metadata.isEmpty ? "" : (try? WireFormat.encodeText(metadata)) ?? "",
      replaces: download.id)
  }

  /// The links as text, one a line.
  public var urls: String { links.joined(separator: "\n") }

  /// True when there is nothing worth keeping.
  public var isEmpty: Bool {
    links.allSatisfy(\.isEmpty) && tags.isEmpty && folder.isEmpty && metadata.isEmpty
  }

  /// This draft's links followed by those of the other; for the rest the first that says something.
  func joined(with other: Draft) -> Draft {
    guard !isEmpty else { return other }
    return Draft(
      links: links + other.links,
      tags: [tags, other.tags].filter { !$0.isEmpty }.joined(separator: " "),
      folder: folder.isEmpty ? other.folder : folder,
      metadata: metadata.isEmpty ? other.metadata : metadata,
      choices: choices.merging(other.choices) { own, _ in own },
      places: places.merging(other.places) { own, _ in own },
      replaces: replaces ?? other.replaces)
  }
}

extension Draft: Codable {
  private enum CodingKeys: String, CodingKey {
    case urls, tags, folder, metadata, choices, places, replaces
  }

  /// What a stored draft does not have is empty.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      urls: try values.decodeIfPresent(String.self, forKey: .urls) ?? "",
      tags: try values.decodeIfPresent(String.self, forKey: .tags) ?? "",
      folder: try values.decodeIfPresent(String.self, forKey: .folder) ?? "",
      metadata: try values.decodeIfPresent(String.self, forKey: .metadata) ?? "",
      choices: try values.decodeIfPresent([String: [String]].self, forKey: .choices) ?? [:],
      places: try values.decodeIfPresent([String: Place].self, forKey: .places) ?? [:],
      replaces: try values.decodeIfPresent(UUID.self, forKey: .replaces))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(urls, forKey: .urls)
    try values.encode(tags, forKey: .tags)
    try values.encode(folder, forKey: .folder)
    try values.encode(metadata, forKey: .metadata)
    if !choices.isEmpty { try values.encode(choices, forKey: .choices) }
    if !places.isEmpty { try values.encode(places, forKey: .places) }
    try values.encodeIfPresent(replaces, forKey: .replaces)
  }
}

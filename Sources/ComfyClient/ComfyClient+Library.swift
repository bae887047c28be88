import ComfyAPI
import Foundation

/// What is stored at the backend.
extension ComfyClient {
  /// The most assets that the contract puts on a page.
  public static let largestAssetPage = 500

  /// One page of assets, newest first: `GET /api/assets`.
  ///
  /// - Parameters:
  ///   - offset: assets to skip, 0 or more; passed over when there is a cursor.
  ///   - cursor: the `nextCursor` of the page before, where the backend gave one.
  ///   - nameContains: part of the name in any case; nil means all.
  public func assets(
    offset: Int = 0, after cursor: String? = nil, limit: Int = largestAssetPage,
    nameContains: String? = nil
  ) async throws(ClientError) -> ListAssetsResponse {
    var path = "/api/assets?sort=created_at&order=desc&limit=\(limit)"
    if let cursor {
      path += "&after=" + cursor.percentEncoded
    } else if offset > 0 {
      path += "&offset=\(offset)"
    }
    if let nameContains { path += "&name_contains=" + nameContains.percentEncoded }
    return try await value(ListAssetsResponse.self, "GET", path)
  }

  /// `GET /api/assets/{id}`.
  public func asset(_ id: String) async throws(ClientError) -> Asset {
    try await value(Asset.self, "GET", Self.path(of: id))
  }

  /// Changes what the user says of an asset: `PUT /api/assets/{id}`.
  public func update(_ id: String, _ change: AssetUpdate) async throws(ClientError) -> Asset {
    let body = try Self.body(change)
    return try Self.read(
      Asset.self, from: Self.checked(try await call("PUT", Self.path(of: id), body: body)))
  }

  /// - Returns: all tags of the asset from now on.
  public func addTags(_ tags: [String], to id: String) async throws(ClientError) -> [String] {
    try await changeTags("POST", tags, of: id)
  }

  /// - Returns: all tags of the asset from now on.
  public func removeTags(_ tags: [String], from id: String) async throws(ClientError) -> [String] {
    try await changeTags("DELETE", tags, of: id)
  }

  private func changeTags(
    _ method: String, _ tags: [String], of id: String
  ) async throws(ClientError) -> [String] {
    let body = try Self.body(TagsRequest(tags: tags))
    let response = try await call(method, Self.path(of: id) + "/tags", body: body)
    return try Self.read(TagsModificationResponse.self, from: Self.checked(response)).totalTags
  }

  /// Forgets an asset: `DELETE /api/assets/{id}`. One that is not there is fine.
  ///
  /// - Parameter deletesFile: whether its file goes as well, which Winch's own engine alone can say;
  ///   others do as they do.
  public func deleteAsset(_ id: String, deletesFile: Bool = false) async throws(ClientError) {
    let query = deletesFile ? "?delete_file=true" : ""
    let response = try await call("DELETE", Self.path(of: id) + query)
    if response.status != 404 { try Self.checked(response) }
  }

  /// One page of the tags in use: `GET /api/tags`.
  ///
  /// - Parameters:
  ///   - offset: tags to skip, 0 or more.
  ///   - isSortedByName: whether they come by name, and not the most used first.
  public func tags(
    prefix: String = "", offset: Int = 0, limit: Int = 1000, isSortedByName: Bool = false
  ) async throws(ClientError) -> ListTagsResponse {
    var path = "/api/tags?limit=\(limit)&order=\(isSortedByName ? "name_asc" : "count_desc")"
    if offset > 0 { path += "&offset=\(offset)" }
    if !prefix.isEmpty { path += "&prefix=" + prefix.percentEncoded }
    return try await value(ListTagsResponse.self, "GET", path)
  }

  /// The folders of models: `GET /api/experiment/models`.
  public func modelFolders() async throws(ClientError) -> [ModelFolder] {
    try await value([ModelFolder].self, "GET", "/api/experiment/models")
  }

  /// The files that loaders find in such a folder: `GET /api/experiment/models/{folder}`.
  public func modelFiles(in folder: String) async throws(ClientError) -> [ModelFile] {
    try await value(
      [ModelFile].self, "GET", "/api/experiment/models/" + folder.percentEncoded)
  }

  /// Begins to read an asset's file again. Winch's own engine alone can.
  ///
  /// - Parameter atOnce: of how many files that are read it may be one, from 1 to 16; nil for what the
  ///   engine takes for right.
  public func beginCheck(
    of id: String, atOnce: Int? = nil
  ) async throws(ClientError) -> AssetCheck {
    let query = atOnce.map { "?at_once=\($0)" } ?? ""
    return try await value(AssetCheck.self, "POST", Self.checkPath(of: id) + query)
  }

  /// Has a file that a check has found wrong fetched again from where it came from.
  public func repair(_ id: String) async throws(ClientError) -> AssetDownloadResponse {
    try await value(
      AssetDownloadResponse.self, "POST",
      "/api/winch/assets/" + id.percentEncoded + "/repair")
  }

  /// How far a check has come.
  public func check(of id: String) async throws(ClientError) -> AssetCheck {
    try await value(AssetCheck.self, "GET", Self.checkPath(of: id))
  }

  /// Has the models tree of Winch's own engine walked through; see `libraryScan`.
  public func scanLibrary() async throws(ClientError) -> LibraryScanStatus {
    try await value(LibraryScanStatus.self, "POST", "/api/winch/library/scan")
  }

  /// What stands in that tree, and how much of it was read.
  public func libraryScan() async throws(ClientError) -> LibraryScanStatus {
    try await value(LibraryScanStatus.self, "GET", "/api/winch/library/scan")
  }

  private static func path(of id: String) -> String { "/api/assets/" + id.percentEncoded }

  private static func checkPath(of id: String) -> String {
    "/api/winch/assets/" + id.percentEncoded + "/verify"
  }
}

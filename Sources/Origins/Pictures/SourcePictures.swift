import Downloads

/// Which pictures the sources have of a model.
extension OriginResolver {
  /// The first picture of the version that is for everybody: first as small as the screen needs it,
  /// then, in case Civitai has forgotten how, as it was published.
  func pictures(of file: CivitaiFile) async throws(OriginError) -> [HTTPURL] {
    let pictures = try await CivitaiListing(resolver: self).pictures(of: file)
    guard !pictures.isEmpty else { throw Self.noPicture("Civitai has none of this version.") }
    guard let picture = pictures.first(where: \.isMild) else {
      throw Self.noPicture("Civitai has none that it marks as fit for everybody.")
    }
    guard let url = picture.url.flatMap({ HTTPURL($0) }), hosts.isCivitai(url) else {
      throw Self.noPicture("It is at another site than Civitai.")
    }
    return [url.civitaiPicture(width: 450), url].compactMap(\.self)
  }

  /// What the card of the repository shows, where the repository holds it.
  func pictures(of file: HuggingFaceFile) async throws(OriginError) -> [HTTPURL] {
    let shown = await HuggingFaceInfo(resolver: self, repository: file.repository).pictures()
    guard !shown.isEmpty else { throw Self.noPicture("The repository's card shows none.") }
    for picture in shown.prefix(3) {
      if let url = HTTPURL(picture), hosts.isHuggingFace(url) { return [url] }
      guard !picture.contains("://"),
        let inside = try? HuggingFaceFile(file.repository, path: picture, hosts: hosts)
      else { continue }
      return [inside.url]
    }
    throw Self.noPicture("The repository's card shows none of its own.")
  }
}

extension HTTPURL {
  /// Civitai's picture in another width: a part of the path says which (`getEdgeUrl` of its source);
  /// nil where none does.
  func civitaiPicture(width: Int) -> HTTPURL? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let place = parts.firstIndex { $0.hasPrefix("original=true") || $0.hasPrefix("width=") }
    guard let place else { return nil }
    parts[place] = "width=\(width)"
    return HTTPURL(originText + parts.joined(separator: "/"))
  }
}

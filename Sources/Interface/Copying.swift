import ComfyAPI
import Downloads

/// What can be put into the clipboard.
enum CopiedPart: String, Sendable, CaseIterable {
  case link, path, hash, json

  func text(of asset: LibraryAsset) -> String? {
    switch self {
    case .link: asset.sourceURL.map { LinkToken.removed(from: $0).link }
    case .path: asset.path
    case .hash: asset.hash ?? asset.sha256
    case .json: try? WireFormat.encodeText(asset.json)
    }
  }

  func text(of download: Download) -> String? {
    switch self {
    case .link: LinkToken.removed(from: download.url).link
    case .path: download.path
    case .hash: download.hash ?? download.sha256
    case .json: try? WireFormat.encodeText(download.json)
    }
  }
}

extension State {
  /// Copies a part of all targets, one a line.
  mutating func copy(_ part: CopiedPart) -> [Command] {
    levels.close(.copying)
    var texts =
      isLibrary ? assetTargets.compactMap(part.text(of:)) : targets.compactMap(part.text(of:))
    if part == .path { texts = texts.map(backend.fullPath) }
    guard !texts.isEmpty else {
      say(.notice("There is no \(part.rawValue) yet."))
      return []
    }
    return [.copy(texts.joined(separator: "\n"))]
  }

  var whyNotCopy: String? {
    capabilities.hasClipboard ? whyNotTarget : "This terminal takes nothing into a clipboard."
  }
}

import ComfyAPI
import Downloads

/// A model of a manifest as it is being read.
struct ManifestEntry: Sendable {
  private let hosts: SourceHosts
  private var reference: ModelReference?
  private var folder: Folder?
  private var name: String?
  private var hashes: [ContentHash] = []
  private var size: Int64?
  private var tags: [String] = []

  private init(hosts: SourceHosts) { self.hosts = hosts }

  /// - Throws: for what is missing or cannot be read.
  static func model(_ node: YAMLNode, hosts: SourceHosts) throws(ConfigError) -> ManifestModel {
    var entry = ManifestEntry(hosts: hosts)
    try ConfigOption.read(options, from: node, into: &entry)
    guard let folder = entry.folder else {
      throw node.error("A model needs a folder.", hint: "Such as folder: loras.")
    }
    guard let name = entry.name ?? entry.nameAtSource else {
      throw node.error("A model needs a name.", hint: "Such as name: model.safetensors.")
    }
    return ManifestModel(
      folder: folder, name: name, reference: entry.reference, hashes: entry.hashes,
      size: entry.size, tags: Set(entry.tags).sorted())
  }

  /// Civitai's links do not tell the name.
  private var nameAtSource: String? {
    if case .huggingFace? = reference { reference?.provisionalName } else { nil }
  }
}

/// The table of what a model can hold, in the order in which it is written.
extension ManifestEntry {
  static let options = [
    urlOption, folderOption, nameOption, sha256Option, blake3Option, sizeOption, tagsOption,
  ]

  static let urlOption = ConfigOption<ManifestEntry>(
    name: "url", kind: .url, help: "A file on Hugging Face or Civitai.",
    usualWords: "null: nobody knows where it can be had"
  ) { (entry, node) throws(ConfigError) in
    let text = try node.text()
    guard text.utf8.count <= ModelManifest.longestLink else {
      throw node.error("A link has at most \(ModelManifest.longestLink) bytes.")
    }
    do throws(DownloadFailure) {
      entry.reference = try ModelReference(text, hosts: entry.hosts)
    } catch {
      throw node.error(error.message, hint: error.hint)
    }
  }

  static let folderOption = ConfigOption<ManifestEntry>(
    name: "folder", kind: .text, help: "Where it belongs below the models root.",
    usualWords: "must be given"
  ) { (entry, node) throws(ConfigError) in
    guard let folder = Folder(try node.text()) else {
      throw node.error(
        "This cannot be a folder for models.",
        hint: "Give a path below the models root, such as loras or checkpoints/sdxl.")
    }
    entry.folder = folder
  }

  static let nameOption = ConfigOption<ManifestEntry>(
    name: "name", kind: .text, help: "What its file is called.",
    usualWords: "what Hugging Face calls it"
  ) { (entry, node) throws(ConfigError) in
    let name = try node.text()
    guard FileName.isSafe(name) else {
      throw node.error("This cannot be the name of a file.")
    }
    entry.name = name
  }

  static let sha256Option = hashOption(.sha256)
  static let blake3Option = hashOption(.blake3)

  private static func hashOption(_ kind: ContentHash.Kind) -> ConfigOption<ManifestEntry> {
    ConfigOption(
      name: kind.rawValue, kind: .text, help: "The hash of its content.",
      usualWords: "any content is right"
    ) { (entry, node) throws(ConfigError) in
      guard let hash = ContentHash(kind, digits: try node.text()) else {
        throw node.error("A hash has 64 digits from 0 to 9 and a to f.")
      }
      entry.hashes.append(hash)
    }
  }

  static let sizeOption = ConfigOption<ManifestEntry>(
    name: "size", kind: .number, help: "In bytes.", usualWords: "not known"
  ) { (entry, node) throws(ConfigError) in
    guard let size = Int64(try node.text()), (0...largestSize).contains(size) else {
      throw node.error("A size is a number of bytes.")
    }
    entry.size = size
  }

  /// Bytes; no disk holds a larger file.
  private static let largestSize: Int64 = 1 << 50

  static let tagsOption = ConfigOption<ManifestEntry>(
    name: "tags", kind: .text, help: "A list of its tags.", usualWords: "none"
  ) { (entry, node) throws(ConfigError) in
    let tags = try node.texts(upTo: Tag.maximumCount)
    guard tags.allSatisfy(Tag.isValid) else { throw node.error(Tag.rule) }
    if let tag = tags.first(where: { Folder.isPlacement(tag: $0) }) {
      throw node.error("The tag \(tag) would say where the model belongs.", hint: "folder says it.")
    }
    entry.tags = tags
  }
}

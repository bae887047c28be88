import ArgumentParser
import ComfyAPI
import Downloads
import Engine
import Foundation
import Origins

struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Shows what a link leads to, without downloading it.",
    discussion: """
      Examples:
        winch inspect https://huggingface.co/org/repo
        winch inspect --include '*.safetensors' https://huggingface.co/org/repo
        winch inspect --json https://civitai.com/models/827184
      """)

  @Argument(help: "A link, an hf:// address or an AIR of Civitai.")
  var link: String

  @OptionGroup var selection: FileSelection
  @OptionGroup var output: JSONOption

  func run() async throws {
    let listing: FileListing
    var header: ModelHeader?
    do {
      let settings = try Settings()
      let resolver = try settings.originResolver(
        secrets: SecretStore(path: settings.secretsPath))
      let reference = try PastedReference(link, hosts: settings.hosts)
      listing = try await list(reference, resolver)
      header = try await self.header(of: listing, resolver)
    } catch let failure as DownloadFailure {
      throw CommandExit(failure)
    }
    let files = try selection.chosen(from: listing) ?? listing.files
    guard !output.json else {
      let json = InspectedListing(listing, files, header).json
      return StandardOutput.write(try WireFormat.encodeText(json))
    }
    Self.facts(listing, header).forEach(StandardOutput.write)
    ListingTable(files).lines.forEach(StandardOutput.write)
    for notice in listing.notices { StandardError.write(notice) }
  }

  private func list(
    _ reference: PastedReference, _ resolver: OriginResolver
  ) async throws -> FileListing {
    do {
      return try await resolver.listing(of: reference)
    } catch {
      throw error.failure
    }
  }

  /// A single file is looked into; what is wrong with it is said instead of listed.
  private func header(
    of listing: FileListing, _ resolver: OriginResolver
  ) async throws -> ModelHeader? {
    guard case .file = listing.reference, listing.meant.count == 1 else { return nil }
    do {
      let file = try await resolver.resolve(listing.meant[0].reference)
      return try await resolver.header(of: file)
    } catch {
      throw error.failure
    }
  }

  private static func facts(_ listing: FileListing, _ header: ModelHeader?) -> [String] {
    let facts = listing.facts
    let rows: [(String, String?)] = [
      ("title", header?.title ?? listing.title), ("page", facts.page), ("type", facts.modelType),
      ("base model", facts.baseModel ?? header?.baseModel ?? header?.architecture),
      ("licence", facts.license ?? header?.license),
      (
        "trigger words",
        facts.trainedWords.isEmpty ? nil : facts.trainedWords.joined(separator: ", ")
      ),
      ("precision", header?.precision),
      ("folder", (listing.meant.first?.folder ?? header?.folder)?.text),
      ("gated", facts.isGated ? "its terms must be accepted on the page first" : nil),
    ]
    return rows.compactMap { label, value in
      value.map {
        label.padding(toLength: 15, withPad: " ", startingAt: 0) + PlainText.sanitized($0)
      }
    }
  }
}

/// A listing as programs read it: the contract's remote metadata with what is known besides.
struct InspectedListing {
  let json: JSONValue

  init(_ listing: FileListing, _ files: [ListedFile], _ header: ModelHeader?) {
    let meant = listing.meant.count == 1 ? listing.meant[0] : nil
    let folder = meant?.folder ?? header?.folder
    let facts = listing.facts
    json = .object([
      "reference": .string(listing.reference.canonicalURL),
      "title": .string(PlainText.sanitized(listing.title)),
      "page": .string(facts.page),
      "content_length": .integer(meant?.size ?? -1),
      "filename": .optional(meant.map { FileName.sanitized($0.path) ?? $0.path }),
      "name": .optional(meant.map { FileName.sanitized($0.path) ?? $0.path }),
      "tags": .array(["models"] + (folder.map { [.string($0.folder.name)] } ?? [])),
      "folder": .optional(folder?.folder.name), "folder_reason": .optional(folder?.reason),
      "license": .optional(facts.license ?? header?.license),
      "base_model": .optional(facts.baseModel ?? header?.baseModel),
      "model_type": .optional(facts.modelType),
      "trained_words": .array(facts.trainedWords.map(JSONValue.string)),
      "gated": .bool(facts.isGated), "preview_url": .optional(facts.previewURL),
      "precision": .optional(header?.precision ?? meant?.precision),
      "validation": Self.validation(meant?.warnings ?? []),
      "files": .array(files.map(Self.file)),
    ])
  }

  private static func validation(_ warnings: [DownloadFailure]) -> JSONValue {
    .object([
      "is_valid": .bool(warnings.isEmpty),
      "errors": .array(
        warnings.map { .object(["code": .string($0.code), "message": .string($0.message)]) }),
    ])
  }

  private static func file(_ file: ListedFile) -> JSONValue {
    .object([
      "path": .string(file.path), "url": .string(file.reference.canonicalURL),
      "size": .optional(file.size), "format": .string(file.format.word),
      "precision": .optional(file.precision), "folder": .optional(file.folder?.folder.name),
      "folder_reason": .optional(file.folder?.reason), "sha256": .optional(file.hashes.sha256),
      "primary": .bool(file.isPrimary), "warnings": .array(file.warnings.map { .string($0.code) }),
    ])
  }
}

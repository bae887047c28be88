import ComfyAPI
import ComfyClient
import Downloads
import Model

extension Workspace {
  /// The stored files that words mean, newest first; all of them without words.
  func storedFiles(chosenBy words: [String]) async throws -> [LibraryAsset] {
    var assets: [LibraryAsset] = []
    do throws(ClientError) {
      try await client.readAssets { assets.append(LibraryAsset($0)) }
    } catch  where error.kind == .notFound {
      throw CommandExit(
        .unavailable, "\(client.backend.name) does not tell what it has stored.",
        "Winch's own engine does: --backend local.")
    } catch {
      throw CommandExit(error)
    }
    return try chosen(by: words, from: assets)
  }

  /// Those of them that words mean; all without words.
  func chosen(by words: [String], from assets: [LibraryAsset]) throws -> [LibraryAsset] {
    do {
      return try AssetSelection.chosen(by: words, from: assets)
    } catch  where error.word.isEmpty {
      throw CommandExit(
        .usage, "An empty word chooses nothing.", "winch assets ls lists what is stored.")
    } catch {
      throw CommandExit(
        .badInput, "Nothing stored is called \(error.word).",
        error.nearest.map { "Did you mean \($0)?" }
          ?? "winch assets ls lists what there is; files that others put into the folder are found by"
          + " winch assets scan --wait.")
    }
  }

  /// The one stored file that a word means.
  func storedFile(_ word: String) async throws -> LibraryAsset {
    let assets = try await storedFiles(chosenBy: [word])
    guard assets.count == 1 else {
      var exit = CommandExit(.badInput, "\(word) could be any of \(assets.count) stored files.")
      exit.lines += assets.prefix(5).map { "  \($0.id.prefix(8))  \($0.shownPath)" }
      exit.lines.append("Give an id, or more of it; winch assets ls lists all of them.")
      throw exit
    }
    return assets[0]
  }

  /// Changes what the user says of each file, and prints how each stands then; with `--dry-run` only
  /// which would change. Nothing is asked for that is so already.
  ///
  /// - Parameters:
  ///   - words: what was done, as in “tagged: …”.
  ///   - details: what is told of each.
  func edit(
    _ assets: [LibraryAsset], _ options: DeedOptions, done words: String,
    telling details: (LibraryAsset) -> [String], _ edit: (LibraryAsset) -> AssetEdit
  ) async throws {
    let json = options.output.json
    guard !options.dryRun else {
      return try rehearse(
        assets.filter { !edit($0).isEmpty }, wouldBe: words, telling: details, json: json)
    }
    try await change(assets, done: words, telling: details, json: json) {
      (asset) async throws(ClientError) in
      let change = edit(asset)
      return change.isEmpty ? asset : LibraryAsset(try await client.edit(asset.id, change))
    }
  }

  /// Does something to each file, and prints how each stands then.
  ///
  /// - Parameters:
  ///   - words: what was done, as in “deleted: …”.
  ///   - details: what is told of each.
  /// - Throws: the end of the command where the backend would not do it to one of them.
  func change(
    _ assets: [LibraryAsset], done words: String,
    telling details: (LibraryAsset) -> [String] = \.tags, json: Bool,
    _ action: (LibraryAsset) async throws(ClientError) -> LibraryAsset
  ) async throws {
    var end: CommandExit?
    for asset in assets {
      do throws(ClientError) {
        Self.write(try await action(asset), words, details, json: json)
      } catch {
        StandardError.write("\(asset.shownPath): \(DownloadFailure(error).sentence)")
        let exit = CommandExit(error)
        // What one of them meets the others would meet as well, each after a long wait.
        if error.isRetriable || exit.status == .notAllowed { throw CommandExit(exit.status) }
        let isBadInput = CommandExit(DownloadFailure(error)).status == .badInput
        end = CommandExit(isBadInput ? .badInput : .downloadFailed)
      }
    }
    if let end { throw end }
  }

  /// Says of each file what would be done to it, and does nothing.
  func rehearse(
    _ assets: [LibraryAsset], wouldBe words: String,
    telling details: (LibraryAsset) -> [String] = \.tags, json: Bool
  ) throws {
    for asset in assets { Self.write(asset, "would be " + words, details, json: json) }
    StandardError.write("Nothing was done, because of --dry-run.")
  }

  private static func write(
    _ asset: LibraryAsset, _ words: String, _ details: (LibraryAsset) -> [String], json: Bool
  ) {
    guard !json else {
      return StandardOutput.write((try? WireFormat.encodeText(asset.json)) ?? "")
    }
    let told = details(asset).joined(separator: ", ")
    StandardOutput.write(
      PlainText.sanitized("\(words): \(asset.shownPath)" + (told.isEmpty ? "" : "  (\(told))")))
  }
}

extension LibraryAsset {
  /// Where it stands below the models root, else its folder and name.
  var shownPath: String { pathBelowRoot ?? (folder.map { $0 + "/" } ?? "") + name }
}

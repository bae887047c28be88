import ArgumentParser
import Downloads
import Engine

/// What the Tab key offers for a value; the shell's script calls this program for it.
extension CompletionKind {
  /// The ids of downloads, with their names where the shell can show them.
  ///
  /// - Parameter isMeant: whether the command can do something with a download.
  static func downloads(
    where isMeant: @escaping @Sendable (Download) -> Bool = { _ in true }
  ) -> CompletionKind {
    offering { source in
      await source.downloads().filter(isMeant).compactMap { download in
        CompletionWord(
          download.shortID, meaning: "\(download.name), \(download.status.rawValue)")
      }
    }
  }

  static let tags = offering { await $0.tags().compactMap { CompletionWord($0) } }
  static let folders = offering { await $0.folders().compactMap { CompletionWord($0) } }
  /// What chooses stored files: folders, tags and names.
  static let storedFiles = offering { source in
    async let assets = source.assets()
    async let tags = source.tags()
    async let folders = source.folders()
    return await (folders + tags + assets.map(\.name).unique).compactMap { CompletionWord($0) }
  }
  /// What means one stored file: its name, and its id with that.
  static let storedFile = offering { source in
    let assets = await source.assets()
    let ids = assets.compactMap { CompletionWord(String($0.id.prefix(8)), meaning: $0.name) }
    return assets.map(\.name).unique.compactMap { CompletionWord($0) } + ids
  }
  /// The keys that users have given values to.
  static let metadataKeys = offering { source in
    let keys = await source.assets().flatMap(\.userMetadata.keys)
    return Set(keys).sorted().compactMap { CompletionWord($0) }
  }
  static let secrets = offering { source in
    await source.secrets().compactMap { CompletionWord($0.name, meaning: $0.provider) }
  }
  /// The sites that every backend keeps tokens for.
  private static let secretSites = SecretStore.providers.map(\.id)
  static let sites = CompletionKind.list(secretSites)
  /// What a token can be called: the names of those that are stored, and the sites' for a new one.
  static let secretNames = offering { source in
    let stored = await source.secrets()
    let sites = secretSites.filter { site in !stored.contains { $0.name == site } }
    return stored.compactMap { CompletionWord($0.name, meaning: $0.provider) }
      + sites.compactMap { CompletionWord($0) }
  }
  static let backends = names { $0.backendNames }

  /// The backends that have a key.
  static let backendsWithKeys = names { source in
    source.backendNames.filter { $0 != BackendTarget.localName }
  }

  /// What needs no waiting, so that commands that never wait can have it.
  private static func names(
    _ names: @escaping @Sendable (CompletionSource) -> [String]
  ) -> CompletionKind {
    .custom { (line: [String], _: Int, _: String) -> [String] in
      lines(names(CompletionSource(words: line)).compactMap { CompletionWord($0) })
    }
  }

  /// More than these nobody reads.
  private static let mostWords = 1000

  private static func offering(
    _ words: @escaping @Sendable (CompletionSource) async -> [CompletionWord]
  ) -> CompletionKind {
    .custom { (line: [String], _: Int, _: String) async -> [String] in
      lines(await words(CompletionSource(words: line)))
    }
  }

  private static func lines(_ words: [CompletionWord]) -> [String] {
    words.prefix(mostWords).map { $0.line(for: CompletionShell.requesting) }
  }
}

import ArgumentParser
import Downloads
import Foundation
import Origins

/// Which files of a repository or a model's page are meant.
struct FileSelection: ParsableArguments {
  @Option(
    name: .customLong("include"),
    help: "Of a repository or page, the files whose names match a pattern; may be repeated.")
  var patterns: [String] = []

  @Option(
    name: .customLong("file"),
    help: "Of a repository or page, the file of this name; may be repeated.")
  var names: [String] = []

  @Flag(help: "Of a repository or page, all model files.")
  var all = false

  var isEmpty: Bool { patterns.isEmpty && names.isEmpty && !all }

  /// The files of a listing that the options name; nil when there are no options.
  ///
  /// - Throws: when a name is not in the listing, or nothing matches.
  func chosen(from listing: FileListing) throws -> [ListedFile]? {
    guard !isEmpty else { return nil }
    let globs = patterns.map(Glob.init)
    for name in names where !listing.files.contains(where: { $0.isNamed(name) }) {
      throw CommandExit(
        .badInput, "\(listing.title) has no file \(name).",
        "winch inspect \(listing.reference.canonicalURL) lists them.")
    }
    let chosen = listing.files.filter { file in
      (all && file.format.isModel) || names.contains(where: file.isNamed)
        || globs.contains { $0.matches(file.path) }
    }
    guard !chosen.isEmpty else {
      throw CommandExit(
        .badInput, "Nothing in \(listing.title) matches.",
        "winch inspect \(listing.reference.canonicalURL) lists its files.")
    }
    return chosen
  }
}

extension ListedFile {
  /// A path, or the last part of one.
  fileprivate func isNamed(_ name: String) -> Bool {
    path == name || path.hasSuffix("/" + name)
  }
}

/// Turns pasted lines into files, asking the source and the user where a line means several.
struct LinkExpansion {
  let resolver: OriginResolver
  let selection: FileSelection

  /// The files that a reference means.
  ///
  /// - Throws: status 65 with the list of files when it is open which are meant and nobody can be
  ///   asked.
  func files(of reference: PastedReference) async throws -> [ModelReference] {
    if case .file(let file) = reference, selection.isEmpty { return [file] }
    return try await listedFiles(of: reference).map(\.reference)
  }

  /// The same with what the source says of each, which is asked for even where a line means one file.
  func listedFiles(of reference: PastedReference) async throws -> [ListedFile] {
    let listing: FileListing
    do {
      listing = try await resolver.listing(of: reference)
    } catch {
      throw CommandExit(error.failure)
    }
    for notice in listing.notices { StandardError.write(notice) }
    if let chosen = try selection.chosen(from: listing) { return chosen }
    if !listing.meant.isEmpty { return listing.meant }
    return try ask(listing)
  }

  private func ask(_ listing: FileListing) throws -> [ListedFile] {
    let models = listing.files.filter(\.format.isModel)
    let candidates = models.isEmpty ? listing.files : models
    guard !candidates.isEmpty else {
      throw CommandExit(.badInput, "\(listing.title) has no files.")
    }
    let table = ListingTable(candidates, isNumbered: true).lines
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      var exit = CommandExit(.badInput)
      exit.lines =
        ["\(listing.title) has several files; say which with --file, --include or --all:"]
        + ListingTable(candidates).lines + ["Nothing was queued."]
      throw exit
    }
    StandardError.write("\(listing.title) has several files:")
    table.forEach(StandardError.write)
    while true {
      StandardError.prompt("Which? Numbers such as 1 3-5, a for all, Enter for none: ")
      guard let answer = readLine()?.trimmingSpaces(), !answer.isEmpty else {
        throw CommandExit(.badInput, "Nothing was queued.")
      }
      if ["a", "all"].contains(answer.lowercased()) { return candidates }
      if let numbers = NumberList(answer, upTo: candidates.count) {
        return numbers.values.map { candidates[$0 - 1] }
      }
      StandardError.write("That is no list of numbers from 1 to \(candidates.count).")
    }
  }
}

/// Numbers as people write them: `1 3-5,7`.
struct NumberList: Equatable {
  let values: [Int]

  /// Nil when a part is no number or range from 1 to the highest.
  init?(_ text: String, upTo highest: Int) {
    var values: [Int] = []
    for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first >= 1, first <= last, last <= highest
      else { return nil }
      values += (first...last).filter { !values.contains($0) }
    }
    guard !values.isEmpty else { return nil }
    self.values = values
  }
}

import Downloads
import Foundation

/// What another downloader has left of a file. It is read, and never changed.
struct ForeignPartial: Sendable, Equatable {
  /// Absolute.
  var path: String
  /// The bytes that are said to be there.
  var finished: ByteRanges
  /// Who has left it.
  var owner: String
  /// Files that are of no use any more once the download is verified.
  var leftovers: [String]
}

/// Looks for what other downloaders have left. It blocks on the disk.
struct ForeignPartials {
  /// The file that is sought.
  struct Wanted: Sendable {
    let name: String
    /// In bytes.
    let size: Int64
    /// Absolute paths of the folders where it would stand.
    let directories: [String]
    /// Where comfy-cli writes down its downloads; absolute.
    let records: [String]
    /// Whether a link leads to the file.
    let isMeant: @Sendable (_ url: String) -> Bool
  }

  private let wanted: Wanted

  init(_ wanted: Wanted) { self.wanted = wanted }

  /// Records that are looked at in one folder; comfy-cli keeps 200 that have ended.
  private static let mostRecords = 1000
  private static let longestRecord = 64 << 10

  /// Those of the file, the one with most bytes first.
  func all() -> [ForeignPartial] {
    var paths = wanted.directories.map { $0 + "/" + wanted.name }
    var found: [ForeignPartial] = []
    for record in wanted.records.flatMap(records) {
      if !paths.contains(record.dest) { paths.append(record.dest) }
      found += parts(of: record.dest)
    }
    found += paths.compactMap(ofAria2)
    return found.filter { !$0.finished.isEmpty }.sorted { $0.finished.count > $1.finished.count }
  }

  /// aria2 writes to the file itself, and beside it which parts are there.
  private func ofAria2(_ path: String) -> ForeignPartial? {
    let control = path + ".aria2"
    guard let status = Disk.status(path), status.isRegular,
      let map = Self.map(at: control), map.size == wanted.size
    else { return nil }
    return ForeignPartial(
      path: path, finished: map.finished.prefix(min(status.size, wanted.size)), owner: "aria2",
      leftovers: [path, control])
  }

  /// The map that aria2 keeps; nil where there is none that can be read.
  static func map(at path: String) -> Aria2ControlFile? {
    read(path, limit: Aria2ControlFile.mostBytes).flatMap { Aria2ControlFile($0) }
  }

  /// comfy-cli writes from the front to `NAME.xxxxxxxx.part` beside the file.
  private func parts(of path: String) -> [ForeignPartial] {
    let folder = Disk.parent(of: path)
    let name = String(path.dropFirst(folder.count + 1))
    let names = (try? Disk.names(in: folder)) ?? []
    return names.compactMap { part in
      guard part.hasPrefix(name + "."), part.hasSuffix(".part"),
        part.utf8.count == name.utf8.count + ".xxxxxxxx.part".utf8.count,
        let status = Disk.status(folder + "/" + part), status.isRegular, status.size > 0,
        status.size <= wanted.size
      else { return nil }
      return ForeignPartial(
        path: folder + "/" + part, finished: ByteRanges(0..<status.size), owner: "comfy-cli",
        leftovers: [folder + "/" + part])
    }
  }

  /// `download-state/1` of comfy-cli.
  private struct Record: Decodable {
    let url: String
    let dest: String
    let status: String
    let total: Int64?

    enum CodingKeys: String, CodingKey {
      case url, dest, status
      case total = "total_bytes"
    }
  }

  /// The records that are of this file and have not been completed.
  private func records(in folder: String) -> [Record] {
    let names = ((try? Disk.names(in: folder)) ?? []).filter { $0.hasSuffix(".json") }.sorted()
    return names.prefix(Self.mostRecords).compactMap { name in
      guard let bytes = Self.read(folder + "/" + name, limit: Self.longestRecord),
        let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)),
        record.status != "completed", record.total ?? wanted.size == wanted.size,
        record.dest.hasPrefix("/"), !record.dest.hasSuffix("/"), !record.dest.utf8.contains(0),
        wanted.isMeant(record.url)
      else { return nil }
      return record
    }
  }

  /// The bytes of a small file; nil for one that is larger, is none, or cannot be read.
  private static func read(_ path: String, limit: Int) -> [UInt8]? {
    guard let status = Disk.status(path), status.isRegular, status.size <= limit,
      let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: limit + 1), data.count <= limit
    else { return nil }
    return Array(data)
  }
}

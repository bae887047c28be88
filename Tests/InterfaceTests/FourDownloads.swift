import Downloads

@testable import Interface

/// News of these downloads from a backend that is there.
func news(_ downloads: [Download]) -> Event {
  .snapshot(
    BoardSnapshot(
      downloads: downloads, backend: BackendState(name: "local", connection: .online)))
}

/// Four small downloads, not in the order of their names.
let four = [
  download(1, "delta.bin", total: 40, bytes: 10), download(2, "alpha.bin", .failed, total: 10),
  download(3, "charlie.bin", total: 40, bytes: 30), download(4, "bravo.bin", .completed, total: 20),
]

extension State {
  /// The names in the table, from above.
  var names: [String] { list.visible.map { list.downloads[$0].name } }
}

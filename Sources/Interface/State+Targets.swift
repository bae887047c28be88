import Downloads

extension State {
  /// What an action is done to.
  var targets: [Download] { list.selected.map { [$0] } ?? [] }
}

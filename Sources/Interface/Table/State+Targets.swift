import Downloads

extension State {
  /// What an action is done to: the downloads that are marked, else the one under the cursor.
  var targets: [Download] { downloadList.targets }
}

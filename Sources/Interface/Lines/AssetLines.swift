import Downloads

/// All that is known of a stored file as aligned lines, outside of the screen.
public enum AssetLines {
  /// - Parameter backend: where it is stored.
  public static func lines(of asset: LibraryAsset, at backend: BackendState) -> [String] {
    AssetFacts(asset: asset, check: nil, backend: backend, unknown: "").facts
      .filter { !$0.value.isEmpty }
      .map { label, value in
        let space = String(repeating: " ", count: max(1, labelWidth - label.count))
        return PlainText.sanitized(label + space + value)
      }
  }

  /// Columns of cells, as in what `winch show` prints.
  private static let labelWidth = 18
}

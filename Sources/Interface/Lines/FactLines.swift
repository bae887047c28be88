import Downloads
import Foundation

/// All that is known of something as aligned lines, outside of the screen.
public enum FactLines {
  /// - Parameter backend: where it is stored.
  public static func lines(of asset: LibraryAsset, at backend: BackendState) -> [String] {
    lines(of: AssetFacts(asset: asset, check: nil, backend: backend, unknown: unknown).facts)
  }

  /// - Parameter backend: what fetches it.
  public static func lines(
    of download: Download, at backend: BackendState, now: Date
  ) -> [String] {
    lines(
      of: DownloadFacts(download, of: backend, now: now, silence: nil, unknown: unknown).facts)
  }

  /// What nobody has told is left out.
  private static func lines(of facts: [(label: String, value: String)]) -> [String] {
    facts.filter { ![unknown, ""].contains($0.value) }
      .map { label, value in
        let space = String(repeating: " ", count: max(1, labelWidth - label.count))
        return PlainText.sanitized(label + space + value)
      }
  }

  /// Stands where a part of a value is unknown, such as in `- of 2.0 GB`.
  private static let unknown = "-"

  /// Columns of cells.
  private static let labelWidth = 18
}

import Downloads
import Foundation

/// What came of asking for the picture that shows what a model makes.
public enum Preview: Sendable, Equatable {
  case picture(Picture)
  /// There is none, or none that can be shown; the text says so, nil where there is nobody to ask. It
  /// would be the same next time.
  case nothing(String?)
  /// It did not come; the text says why. It is asked for again when the details are opened again.
  case failed(String)
}

/// The pictures of the downloads looked at last.
struct PreviewShelf: Sendable {
  /// Pictures that are kept: some megabytes.
  static let most = 12

  private var previews: [Download.ID: Preview] = [:]
  /// Those asked for, the newest last.
  private var asked: [Download.ID] = []

  subscript(id: Download.ID) -> Preview? { previews[id] }

  /// Whether the picture is to be asked for now; it counts as asked for from then on.
  mutating func ask(for id: Download.ID) -> Bool {
    guard !asked.contains(id) else { return false }
    asked.append(id)
    if asked.count > Self.most { previews[asked.removeFirst()] = nil }
    return true
  }

  mutating func take(_ preview: Preview, of id: Download.ID) {
    if asked.contains(id) { previews[id] = preview }
  }

  /// Lets a picture that did not come be asked for again.
  mutating func forgetFailure(of id: Download.ID) {
    guard case .failed? = previews[id] else { return }
    previews[id] = nil
    asked.removeAll { $0 == id }
  }
}

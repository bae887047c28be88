import Downloads
import Synchronization

/// The places besides the models root in which content is looked for; they may change at any time.
final class Places: Sendable {
  private let root: String
  private let places: Mutex<[ModelsPlace]>

  /// - Parameter root: the models root; what is the same is left out.
  init(_ places: [ModelsPlace], besides root: String) {
    self.root = root
    self.places = Mutex(ModelsPlace.besides(root, among: places))
  }

  var all: [ModelsPlace] { places.withLock(\.self) }

  /// Takes over others; false when they are the same.
  func take(_ new: [ModelsPlace]) -> Bool {
    let new = ModelsPlace.besides(root, among: new)
    return places.withLock { places in
      guard places != new else { return false }
      places = new
      return true
    }
  }

  /// Whether a file belongs to one of them.
  func hold(_ file: PlacedFile) -> Bool {
    all.contains { file.path.hasPrefix($0.path + "/") }
  }
}

/// Why a file has not become a picture.
public enum PictureError: Int32, Error, Sendable, CaseIterable {
  // The numbers are the statuses with which the decoding process ends.
  case noLibrary = 41
  case notAPicture = 42
  case tooLarge = 43
  case damaged = 44
  /// The decoding process could not be run, was ended, or answered with nonsense.
  case failed = 45

  /// What is told to people.
  public var message: String {
    switch self {
    case .noLibrary: "not shown: libgd is not installed (libgd3 on Debian and Ubuntu)"
    case .notAPicture: "not shown: it is no PNG, JPEG or WebP"
    case .tooLarge: "not shown: it has too many pixels or bytes"
    case .damaged: "not shown: its file is damaged"
    case .failed: "not shown: it could not be decoded"
    }
  }
}

/// What `GET /api/v1/model-versions/{id}` says, as far as a download needs it.
///
/// Everything is optional: older versions lack fields, newer servers rename them.
struct CivitaiVersion: Decodable {
  struct Model: Decodable {
    var name: String?
    var type: String?
  }

  struct File: Decodable {
    struct Metadata: Decodable {
      var format: String?
      var size: String?
      var fp: String?
      var quantType: String?
    }

    struct Hashes: Decodable {
      var sha256: String?
      var blake3: String?

      enum CodingKeys: String, CodingKey {
        case sha256 = "SHA256"
        case blake3 = "BLAKE3"
      }
    }

    var id: Int?
    var name: String?
    var type: String?
    /// In units of 1024 bytes, rounded: a hint, no size.
    var sizeKB: Double?
    var metadata: Metadata?
    var hashes: Hashes?
    var primary: Bool?
  }

  var id: Int?
  var modelId: Int?
  var name: String?
  var baseModel: String?
  var air: String?
  var trainedWords: [String]?
  var model: Model?
  var files: [File]?
}

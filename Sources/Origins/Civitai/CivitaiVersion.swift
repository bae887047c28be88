import Downloads

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
    /// `Pending`, `Success`, `Danger` or `Error`.
    var pickleScanResult: String?
    var virusScanResult: String?

    /// What tells files of a version apart beside their number formats: `pruned`, `VAE`.
    var variant: String? {
      let kind = type == "Model" ? nil : type
      let words = [metadata?.size, kind].compactMap(\.self)
      return words.isEmpty ? nil : words.joined(separator: " ")
    }
  }

  var id: Int?
  var modelId: Int?
  var name: String?
  var baseModel: String?
  var air: String?
  var trainedWords: [String]?
  var model: Model?
  var files: [File]?
  var images: [Image]?

  struct Image: Decodable {
    var url: String?
    var type: String?
    /// A bit for each step from 1, for everybody, to 16; nil where nobody has looked.
    var nsfwLevel: Int?

    enum CodingKeys: String, CodingKey { case url, type, nsfwLevel }

    /// Other shapes of the level exist; none of them may keep the version from being read.
    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      url = try? fields.decode(String.self, forKey: .url)
      type = try? fields.decode(String.self, forKey: .type)
      nsfwLevel = try? fields.decode(Int.self, forKey: .nsfwLevel)
    }

    var isPicture: Bool { type == nil || type == "image" }

    /// Whether it may stand on a screen that others see: levels PG and PG-13.
    var isMild: Bool { nsfwLevel.map { (1...3).contains($0) } ?? false }
  }

  /// The first picture; nil when there is none, or only films.
  var previewURL: String? {
    let url = images?.first(where: \.isPicture)?.url
    return url.flatMap { HTTPURL($0)?.description }
  }

  /// What is said of the version and its model.
  ///
  /// - Parameter base: Civitai's address, without slash at its end.
  func facts(versionID: Int, base: String) -> SourceFacts {
    SourceFacts(
      license: nil, baseModel: baseModel.flatMap(SourceMessage.shown),
      modelType: model?.type.flatMap(SourceMessage.shown),
      trainedWords: (trainedWords ?? []).prefix(100).compactMap(SourceMessage.shown),
      isGated: false, previewURL: previewURL,
      page: modelId.map { "\(base)/models/\($0)?modelVersionId=\(versionID)" }
        ?? "\(base)/model-versions/\(versionID)")
  }

  /// A version as a model's page lists it, which leaves the model out.
  func completed(with page: CivitaiModelPage) -> CivitaiVersion {
    var version = self
    version.modelId = modelId ?? page.id
    version.model = model ?? Model(name: page.name, type: page.type)
    return version
  }
}

/// What `GET /api/v1/models/{id}` says: the model and its published versions, newest first.
struct CivitaiModelPage: Decodable {
  var id: Int?
  var name: String?
  var type: String?
  var modelVersions: [CivitaiVersion]?
}

import Downloads
import Foundation

/// What the hub says of a repository: licence, base model, whether it is gated. It can be read without
/// a token, also where the files cannot.
struct HuggingFaceInfo {
  let resolver: OriginResolver
  let repository: HuggingFaceRepository

  /// Facts that are not known are left out: no download waits for them.
  func facts() async -> SourceFacts {
    let endpoint = resolver.hosts.huggingFace
    var facts = SourceFacts(page: repository.page(at: endpoint))
    guard let info = await info() else { return facts }
    facts.license = (info.cardData?.license ?? info.license).flatMap(SourceMessage.shown)
    facts.baseModel = info.cardData?.baseModel.flatMap(SourceMessage.shown)
    facts.modelType = info.pipelineTag.flatMap(SourceMessage.shown)
    facts.isGated = info.isGated
    return facts
  }

  /// Paths in the repository, or URLs, of the pictures that its card shows, the best first.
  func pictures() async -> [String] {
    guard let card = await info()?.cardData else { return [] }
    return [card.thumbnail].compactMap(\.self) + card.examples
  }

  private func info() async -> Info? {
    guard let url = HTTPURL(repository.api(at: resolver.hosts.huggingFace)),
      let answer = try? await resolver.answer(at: url), answer.response.status == 200
    else { return nil }
    return try? JSONDecoder().decode(Info.self, from: Data(answer.response.body))
  }

  private struct Info: Decodable {
    struct Card: Decodable {
      var license: String?
      var baseModel: String?
      var thumbnail: String?
      /// What the model has made, as the widget of the page shows it.
      var examples: [String]

      enum CodingKeys: String, CodingKey {
        case license, thumbnail, widget
        case baseModel = "base_model"
      }

      private struct Example: Decodable {
        struct Output: Decodable { var url: String? }
        var output: Output?
      }

      /// Either may be a text or a list of texts.
      init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        license = Self.text(fields, .license)
        baseModel = Self.text(fields, .baseModel)
        thumbnail = try? fields.decode(String.self, forKey: .thumbnail)
        let widget = try? fields.decode([Example].self, forKey: .widget)
        examples = (widget ?? []).compactMap { $0.output?.url }
      }

      private static func text(
        _ fields: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
      ) -> String? {
        (try? fields.decode(String.self, forKey: key))
          ?? (try? fields.decode([String].self, forKey: key))?.joined(separator: ", ")
      }
    }

    enum CodingKeys: String, CodingKey {
      case cardData, tags, gated
      case pipelineTag = "pipeline_tag"
    }

    var cardData: Card?
    var pipelineTag: String?
    var isGated: Bool
    private var tags: [String]?

    /// The licence also stands among the tags, as `license:…`.
    var license: String? {
      tags?.first { $0.hasPrefix("license:") }.map { String($0.dropFirst("license:".count)) }
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      cardData = try? fields.decode(Card.self, forKey: .cardData)
      tags = try? fields.decode([String].self, forKey: .tags)
      pipelineTag = try? fields.decode(String.self, forKey: .pipelineTag)
      // `false`, "auto" or "manual".
      isGated =
        (try? fields.decode(String.self, forKey: .gated)) != nil
        || (try? fields.decode(Bool.self, forKey: .gated)) == true
    }
  }
}

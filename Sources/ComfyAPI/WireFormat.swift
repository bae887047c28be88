import Foundation

/// The one JSON encoder and decoder of the contract: RFC 3339 times, sorted keys, plain slashes.
public enum WireFormat {
  /// Encodes a contract value on one line.
  public static func encode(_ value: some Encodable) throws -> Data {
    if let value = value as? any DirectlyWritten { return write(value) }
    return try encodeByEncoder(value)
  }

  private static func write(_ value: any DirectlyWritten) -> Data {
    // What a page of a hundred tasks has.
    var json = JSONWriter(capacity: 40 << 10)
    value.write(to: &json)
    return Data(json.bytes)
  }

  static func encodeByEncoder(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(Timestamp.text(from: date))
    }
    return try encoder.encode(value)
  }

  /// Encodes a value as text that people can read and edit, a member a line.
  public static func encodePretty(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Encodes a contract value as text on one line.
  public static func encodeText(_ value: some Encodable) throws -> String {
    String(decoding: try encode(value), as: UTF8.self)
  }

  /// Decodes a contract value.
  ///
  /// - Throws: `WireError`, which names the field that is missing or of the wrong type.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: some Sequence<UInt8>
  ) throws(WireError) -> Value {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in
      let text = try decoder.singleValueContainer().decode(String.self)
      guard let date = Timestamp.date(from: text) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "not an RFC 3339 time"))
      }
      return date
    }
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw WireError(error)
    } catch {
      throw WireError(field: "", message: "The JSON could not be read.")
    }
  }
}

/// The body of a request: an object with these fields and no others.
///
/// A field that nobody knows is a wish that would be lost, most likely a misspelt one.
public protocol ContractRequest: Decodable {
  static var fieldNames: Set<String> { get }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// The names on the wire of all keys.
  static var names: Set<String> { Set(allCases.map(\.rawValue)) }
}

extension WireFormat {
  /// Decodes a request's body.
  ///
  /// - Throws: `WireError`, which names the field that is unknown, missing or of the wrong type.
  public static func decodeRequest<Value: ContractRequest>(
    _ type: Value.Type, from bytes: some Sequence<UInt8>
  ) throws(WireError) -> Value {
    let bytes = Array(bytes)
    let found = try decode(FieldNames.self, from: bytes).names
    if let unknown = found.sorted().first(where: { !type.fieldNames.contains($0) }) {
      let field = String(unknown.prefix(64))
      throw WireError(field: field, message: "There is no field of this name.")
    }
    return try decode(type, from: bytes)
  }
}

/// The names of an object's fields, whatever their values.
private struct FieldNames: Decodable {
  let names: [String]

  init(from decoder: any Decoder) throws {
    names = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue)
  }

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// The header fields of a request or response, in order.
///
/// Names are compared without regard to ASCII case and may repeat (RFC 9110, section 5).
public struct HTTPHeaders: Sendable, Sequence, ExpressibleByDictionaryLiteral {
  public typealias Element = (name: String, value: String)

  private var fields: [Element] = []

  public init() {}

  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { (name: $0.0, value: $0.1) }
  }

  /// The first value with this name. Setting replaces every field with this name; nil removes them.
  public subscript(name: String) -> String? {
    get {
      let wanted = name.lowercased()
      return fields.first { $0.name.lowercased() == wanted }?.value
    }
    set {
      let wanted = name.lowercased()
      fields.removeAll { $0.name.lowercased() == wanted }
      if let newValue { append(name, newValue) }
    }
  }

  /// Every value with this name, in order.
  public func values(of name: String) -> [String] {
    let wanted = name.lowercased()
    return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
  }

  /// Adds a field after the others, also when the name is already there.
  public mutating func append(_ name: String, _ value: String) {
    fields.append((name: name, value: value))
  }

  /// Appends to the value of the last field.
  mutating func continueLast(with text: String) {
    guard let last = fields.indices.last else { return }
    fields[last].value += " " + text
  }

  public func makeIterator() -> IndexingIterator<[Element]> { fields.makeIterator() }
}

extension HTTPHeaders: Equatable {
  /// Same names as written, same values, same order.
  public static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
    left.fields.elementsEqual(right.fields, by: ==)
  }
}

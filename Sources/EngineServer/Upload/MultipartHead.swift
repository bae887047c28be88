/// What stands above the content of one part of a form (RFC 7578, section 4).
struct MultipartHead: Equatable {
  /// The name of the form's field.
  var name: String
  var filename: String?
  var contentType: String?

  init(name: String, filename: String? = nil, contentType: String? = nil) {
    self.name = name
    self.filename = filename
    self.contentType = contentType
  }

  /// - Parameter lines: the header block, without the line end behind its last line.
  init(lines: some Collection<UInt8>) throws(MultipartError) {
    guard let text = String(validating: lines, as: UTF8.self) else {
      throw MultipartError("The headers of a part are not UTF-8.")
    }
    var headers: [String: String] = [:]
    for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        line[..<colon].utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
        !line.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" }),
        headers.updateValue(
          String(line[line.index(after: colon)...]), forKey: line[..<colon].lowercased()) == nil
      else { throw MultipartError("A header of a part is malformed.") }
    }
    try self.init(headers)
  }

  private init(_ headers: [String: String]) throws(MultipartError) {
    guard let disposition = headers["content-disposition"].flatMap(ParameterizedHeader.init),
      disposition.value == "form-data", let name = disposition.parameters["name"], !name.isEmpty
    else { throw MultipartError("A part does not say which field it is.") }
    // RFC 7578 does away with encodings; a part in base64 would be stored as that.
    let encoding = headers["content-transfer-encoding"].flatMap(ParameterizedHeader.init)?.value
    guard ["binary", "8bit", "7bit", nil].contains(encoding) else {
      throw MultipartError("A part is encoded; its plain bytes are wanted.")
    }
    self.name = name
    filename = disposition.parameters["filename"]
    contentType = headers["content-type"].flatMap(ParameterizedHeader.init)?.value
  }
}

/// Why bytes are no form.
struct MultipartError: Error, Equatable {
  /// One sentence for people.
  let message: String

  init(_ message: String) { self.message = message }
}

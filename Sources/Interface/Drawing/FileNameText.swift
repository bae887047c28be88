/// A file's name on a narrow screen.
enum FileNameText {
  /// The name cut to fit: the extension goes first, since most models share it, then the middle,
  /// since names of one family differ at their ends.
  static func shortened(_ name: String, to width: Int, mark: String) -> String {
    guard TextWidth.columns(of: name) > width else { return name }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex, width > 8,
      isExtension(name[name.index(after: dot)...])
    else { return TextWidth.shortened(name, to: width, mark: mark) }
    let room = width - TextWidth.columns(of: mark)
    return TextWidth.shortened(String(name[..<dot]), to: room, mark: mark) + mark
  }

  /// `safetensors` and `gguf`, not the `5-Q4` of `sd3.5-Q4`.
  private static func isExtension(_ text: Substring) -> Bool {
    text.count <= 11 && text.first?.isLetter == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}

/// What is wrong with a request of a program. Winch's own are right; only what a person has typed may
/// still be refused.
extension FailureWords {
  static let request: KeyValuePairs<String, Entry> = [
    "NOT_FOUND": Entry(
      message: "What was asked for is not there.", hint: "Check the id or the path."),
    "MALFORMED_REQUEST": Entry(
      message: "This is not an HTTP request the engine can read.",
      hint: "Speak HTTP/1.1; where the engine has a certificate, https."),
    "METHOD_NOT_ALLOWED": Entry(
      message: "The path takes other methods.", hint: "They are in the header Allow."),
    "UPGRADE_REQUIRED": Entry(
      message: "The path takes WebSocket connections only.", hint: "Ask for an upgrade."),
    "UNSUPPORTED_MEDIA_TYPE": Entry(
      message: "The body has another content type than the path takes.",
      hint: "Send multipart/form-data or application/json."),
    "BODY_TOO_LARGE": Entry(
      message: "The body, or one field of a form, is too large.", hint: "Send less."),
    "INVALID_BODY": Entry(
      message: "The body cannot be read, or has a field that is not known.",
      hint: "Mend the field that is named."),
    "INVALID_PARAMETER": Entry(
      message: "A parameter or field cannot be used.", hint: "Mend the one that is named."),
    "INVALID_HEADER": Entry(
      message: "A header cannot be read.", hint: "Write it as Docs/API.md says."),
    "INVALID_REQUEST": Entry(
      message: "The request has a value that cannot be used.", hint: "Mend the one that is named."),
    "INVALID_HASH": Entry(
      message: "This is not a hash.", hint: "Give sha256: or blake3: and 64 hexadecimal digits."),
    "INVALID_ID": Entry(message: "This is not an id.", hint: "Give a UUID."),
    "INVALID_MIME_TYPE": Entry(
      message: "This is not a content type.", hint: "Give one such as image/png."),
    "INVALID_NAME": Entry(
      message: "This name cannot be used.", hint: "Give one of at most 255 characters."),
    "INVALID_PREVIEW_ID": Entry(
      message: "There is no asset with the preview's id.", hint: "Upload the picture first."),
    "INVALID_PROVIDER": Entry(
      message: "Secrets are for two sites.", hint: "Give huggingface or civitai."),
    "INVALID_TAGS": Entry(
      message: "A tag cannot be used, or the tags name no folder.",
      hint: "Mend the tag that is named."),
    "INVALID_TAG_FILTER": Entry(
      message: "The filter by tags contradicts itself or is too long.",
      hint: "Ask for fewer tags."),
    "DUPLICATE_NAME": Entry(
      message: "There is a secret of this name already.", hint: "Change that, or choose another."),
    "DUPLICATE_PROVIDER": Entry(
      message: "There is a secret for this site already.", hint: "Change that."),
    "ASSET_ID_UNAVAILABLE": Entry(
      message: "The id belongs to another asset.", hint: "Leave it out, or make a new one."),
    "EMPTY_UPLOAD": Entry(message: "The file is empty.", hint: "Send its bytes."),
    "CONTENT_CHANGED": Entry(
      message: "The content is not the one of If-Match.", hint: "Ask without it, from the front."),
    "NO_SUCH_RANGE": Entry(
      message: "The range is beyond the end of the file.", hint: "Ask within its size."),
    "FORBIDDEN_HOST": Entry(
      message: "The header Host names another machine than the engine's.",
      hint: "Use its address, localhost or the name that it listens on."),
    "FORBIDDEN_ORIGIN": Entry(
      message: "Pages of another origin may not use this engine.",
      hint: "Open the page from the engine's own address."),
  ]
}

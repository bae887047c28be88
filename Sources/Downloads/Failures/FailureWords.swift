/// What the codes of failures mean for people: one sentence, what they can do, and whether Winch tries again
/// by itself.
///
/// The codes are those of the contract's import errors and of Comfy Cloud's account answers; the
/// engine uses the same, and has more of its own. The one table serves the screen, the commands, JSON and
/// `Docs/Troubleshooting.md`. Whoever knows more of a failure says it in place of these words.
public enum FailureWords {
  struct Entry {
    let message: String
    /// Nil where nothing can be done.
    let hint: String?
    var again = Again.no
  }

  /// Whether Winch tries again by itself.
  enum Again: Equatable {
    case no
    /// With longer and longer pauses; so many failures in a row without a byte are too many.
    case yes
    /// It waits for as long as that takes, and then goes on.
    case waits
    /// Under a condition, in words.
    case partly(String)
  }

  /// The failure with a sentence where the backend gave none, and a hint where it gave none.
  public static func completing(_ failure: DownloadFailure) -> DownloadFailure {
    // A backend may send the bare code for a text, with a code that says less.
    let said = failure.message.trimmingSpaces()
    let code = entries[said] == nil ? failure.code : said
    guard let entry = entries[code] else { return failure }
    var completed = failure
    completed.code = code
    if said.isEmpty || said == code { completed.message = entry.message }
    completed.hint = failure.hint ?? entry.hint
    return completed
  }

  /// What belongs together, in the order of the page about troubles.
  struct Section {
    let title: String
    let explanation: String
    let entries: KeyValuePairs<String, Entry>
  }

  static let sections = [
    Section(
      title: "The site of a file",
      explanation: "What Hugging Face or Civitai says, also where the backend passes it on.",
      entries: source),
    Section(
      title: "The link or the file", explanation: "What cannot be downloaded as it is.",
      entries: file),
    Section(
      title: "The disk",
      explanation: "On the machine of the engine. Received bytes are kept in each case.",
      entries: disk),
    Section(
      title: "The content", explanation: "What arrived is not what was announced.",
      entries: content),
    Section(
      title: "The engine and the backend", explanation: "What runs, and how it is reached.",
      entries: backend),
    Section(
      title: "The account and the key", explanation: "What a backend does not allow.",
      entries: account),
    Section(
      title: "The lines between machines",
      explanation: "What mostly passes; a download tries again by itself.", entries: line),
    Section(
      title: "The download", explanation: "What cannot be done to one that stands as it does.",
      entries: download),
    Section(
      title: "What was typed or written down",
      explanation: "Arguments, the config file and other files that a command was given.",
      entries: input),
    Section(
      title: "Requests of programs",
      explanation:
        "What an engine says to what asks it wrongly; [the API](API.md) tells how to ask.",
      entries: request),
  ]

  static let entries: [String: Entry] = Dictionary(
    uniqueKeysWithValues: sections.flatMap { $0.entries.map { ($0.key, $0.value) } })

  /// What only Comfy Cloud says: Winch's engine has no account, and no token but the user's.
  static let ofCloudAlone: Set<String> = [
    "USER_TOKEN_INVALID", "USER_TOKEN_ACCESS_DENIED", "INVALID_URL_FORMAT", "HTTP_ERROR",
    "HTTP_401",
    "HTTP_402", "HTTP_403", "HTTP_429", "FORBIDDEN", "workspace_access_denied",
    "no_workspace_access",
    "workspace_id_invalid", "sso_required", "auth_type_not_allowed",
  ]

  private static let heldBack = "what is queued is kept until then"

  /// What the site of a file says, passed on by the backend.
  private static let source: KeyValuePairs<String, Entry> = [
    "USER_TOKEN_INVALID": Entry(
      message: "The token stored with the backend is invalid or has expired.",
      hint: "Store a new one in the account's settings, then retry."),
    "USER_TOKEN_ACCESS_DENIED": Entry(
      message: "The token stored with the backend may not read this file.",
      hint: "Ask for access on the model's page, or give the token the right to read it."),
    "UNAUTHORIZED_SOURCE": Entry(
      message: "The site gives this file only to those who are logged in.",
      hint: "Store a token for the site (HF_TOKEN or CIVITAI_API_TOKEN), then retry."),
    "INVALID_TOKEN": Entry(
      message: "The site does not accept the token.",
      hint: "Make a new one in the account's settings there, set it, then retry."),
    "ACCESS_FORBIDDEN": Entry(
      message: "The site refuses this file.",
      hint: "Open the model's page and accept its terms, then retry.",
      again: .partly("where only the link to the bytes has run out")),
    "RESOURCE_NOT_FOUND": Entry(
      message: "The site does not have this file.", hint: "Check the link on the model's page."),
    "RATE_LIMITED": Entry(
      message: "The site asks for fewer requests.", hint: "Retry in a few minutes.", again: .yes),
    "SOURCE_SERVER_ERROR": Entry(
      message: "The site has a fault of its own.", hint: "Retry later.", again: .yes),
    "METADATA_FETCH_FAILED": Entry(
      message: "The site does not say what the file is.", hint: "Check the link, then retry.",
      again: .yes),
    "HTTP_ERROR": Entry(
      message: "The site answered with an error.", hint: "Check the link, then retry."),
  ]

  /// What is wrong with the account at the backend.
  private static let account: KeyValuePairs<String, Entry> = [
    "UNAUTHORIZED": Entry(
      message: "The backend does not accept the API key.",
      hint: "Run winch config login, or check COMFY_CLOUD_API_KEY (WINCH_API_KEY for an engine).",
      again: .partly(heldBack)),
    "HTTP_401": Entry(
      message: "The backend does not accept the API key.",
      hint: "Run winch config login, or check COMFY_CLOUD_API_KEY (WINCH_API_KEY for an engine).",
      again: .partly(heldBack)),
    "HTTP_402": Entry(
      message: "The account has no active subscription or no credits.",
      hint: "See https://www.comfy.org/cloud for the plans.", again: .partly(heldBack)),
    "FORBIDDEN": Entry(
      message: "The account may not do this.", hint: "Importing models may need another plan."),
    "HTTP_403": Entry(
      message: "The account may not do this.", hint: "Importing models may need another plan."),
    "HTTP_429": Entry(
      message: "The backend asks for fewer requests, or the subscription is inactive.",
      hint: "If waiting does not help, check the subscription.", again: .waits),
    "workspace_access_denied": Entry(
      message: "The key's owner has no access to this workspace.",
      hint: "Use a key that was made in the workspace.", again: .partly(heldBack)),
    "no_workspace_access": Entry(
      message: "The key's owner belongs to no workspace.", hint: "Join one on the web page.",
      again: .partly(heldBack)),
    "workspace_id_invalid": Entry(
      message: "The key belongs to another workspace.",
      hint: "Use a key that was made in the workspace.", again: .partly(heldBack)),
    "sso_required": Entry(
      message: "The organization wants a single sign-on.",
      hint: "Log in on the web page and make a new key.", again: .partly(heldBack)),
    "auth_type_not_allowed": Entry(
      message: "The organization does not allow API keys.", hint: "Ask its administrator.",
      again: .partly(heldBack)),
    "TOO_MANY_ATTEMPTS": Entry(
      message: "Too many wrong keys came from this address.",
      hint: "The right key is let in at any time: winch serve --show-key tells it."),
    "INVALID_KEY": Entry(
      message: "The backend's key holds characters that no key has.",
      hint: "Store it again with winch config login."),
    "INVALID_WORKSPACE": Entry(
      message: "The workspace's id holds characters that no id has.",
      hint: "Check workspace in config.yaml."),
    "INSECURE_BACKEND": Entry(
      message: "The key is not sent over plain http to another machine.",
      hint: "Use https, or --backend ssh://host."),
    "CREDENTIALS_EXPOSED": Entry(
      message: "Others may read the file with the keys.",
      hint: "Run chmod 600 on it; if others use this machine, make new keys."),
  ]

  /// What is wrong with the link or the file.
  private static let file: KeyValuePairs<String, Entry> = [
    "INVALID_URL": Entry(
      message: "This is not a URL.",
      hint: "Paste a link that begins with https://huggingface.co/ or https://civitai.com/."),
    "INVALID_URL_FORMAT": Entry(
      message: "This is not a URL.",
      hint: "Paste a link that begins with https://huggingface.co/ or https://civitai.com/."),
    "UNSUPPORTED_SOURCE": Entry(
      message: "The link is of another site.",
      hint: "Only links to huggingface.co and civitai.com can be downloaded."),
    "FILE_TOO_LARGE": Entry(
      message: "The file is larger than the backend takes.",
      hint: "Download it with --backend local."),
    "FORMAT_NOT_ALLOWED": Entry(
      message:
        "The file is not of a kind that the backend takes: at Comfy Cloud that is .safetensors alone.",
      hint: "Download it with --backend local, or look for a safetensors version."),
    "UNSAFE_PICKLE_SCAN": Entry(
      message: "Civitai has found potentially unsafe code in this file.",
      hint: "Look for a safetensors version."),
    "UNSAFE_VIRUS_SCAN": Entry(
      message: "Civitai has found malware in this file.", hint: "Do not use it."),
    "MODEL_TYPE_NOT_SUPPORTED": Entry(
      message: "The backend does not take models of this type.",
      hint: "Choose another folder, or download it with --backend local."),
  ]

  /// What is wrong between the machines.
  private static let line: KeyValuePairs<String, Entry> = [
    "NETWORK_TIMEOUT": Entry(
      message: "The other side did not answer in time.", hint: "Retry later.", again: .yes),
    "CONNECTION_REFUSED": Entry(
      message: "The other side does not take connections.", hint: "Retry later.", again: .yes),
    "INVALID_HOST": Entry(
      message: "The host of the link cannot be found.", hint: "Check the link and the network.",
      again: .yes),
    "NETWORK_ERROR": Entry(
      message: "The connection broke.", hint: "Retry: the received bytes are kept.", again: .yes),
    "REQUEST_CANCELLED": Entry(message: "The request was cancelled.", hint: nil),
    "DOWNLOAD_CANCELLED": Entry(
      message: "The download was cancelled.", hint: "Retry starts it again."),
    "SERVICE_UNAVAILABLE": Entry(
      message: "The backend is not available now.", hint: "What is queued is sent later.",
      again: .waits),
    "INTERNAL_ERROR": Entry(
      message: "The backend has a fault of its own.", hint: "Retry later."),
  ]
}

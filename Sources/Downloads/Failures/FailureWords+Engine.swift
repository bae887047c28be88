// What Winch itself says: the engine, the commands and the screen.
extension FailureWords {
  static let disk: KeyValuePairs<String, Entry> = [
    "DISK_FULL": Entry(
      message: "The models' disk is full.",
      hint: "Free some space: what waits goes on by itself, what has failed with winch retry.",
      again: .waits),
    "CANNOT_WRITE": Entry(
      message: "A file or folder cannot be written.",
      hint: "Make it writable, or choose another models folder with WINCH_MODELS, then retry."),
    "MODELS_FOLDER_GONE": Entry(
      message: "The models folder is not there any more.",
      hint: "Mount its disk again; downloads go on by themselves.", again: .waits),
    "JOURNAL_UNAVAILABLE": Entry(
      message: "The journal of queued links cannot be used.",
      hint: "winch doctor looks at its file; the folder must be writable, the disk not full."),
    "DATABASE_UNAVAILABLE": Entry(
      message: "The engine's database cannot be used.",
      hint: "winch doctor looks at its file; the folder must be writable, the disk not full."),
  ]

  static let content: KeyValuePairs<String, Entry> = [
    "HASH_MISMATCH": Entry(
      message: "The received file is not what its source publishes.",
      hint: "Retry downloads it anew; if this happens again, the source is at fault.",
      again: .partly("once, over new connections")),
    "SIZE_MISMATCH": Entry(
      message: "The source sent more or less than it announced.",
      hint: "Retry downloads it anew; if this happens again, the source is at fault.",
      again: .partly("where a new link may help")),
    "UNEXPECTED_CONTENT": Entry(
      message: "The link leads to another file than is asked for.",
      hint: "The file at the source was changed, or the hash that was given is wrong."),
    "SOURCE_CHANGED": Entry(
      message: "The file at the source has changed.", hint: "Retry downloads what is there now.",
      again: .partly("with the new file; not when a stored file is repaired")),
    "NO_PUBLISHED_HASH": Entry(
      message: "The source publishes no hash, so the file cannot be verified.",
      hint: "The file is kept, and marked unverified; nothing needs to be done."),
    "NOT_DAMAGED": Entry(
      message: "No check has found this file wrong.", hint: "winch verify reads it again."),
    "NO_SOURCE": Entry(
      message: "Nobody has said where this file came from.", hint: "Queue its link."),
    "LINK_IN_USE": Entry(
      message: "Another download fetches the same link.", hint: "Try again when that has ended.",
      again: .partly("by winch verify --repair")),
    "SAME_CONTENT": Entry(
      message: "Another download is fetching the same content.",
      hint: "This one waits for it, and takes its file then.", again: .waits),
    "FILE_CHANGED": Entry(
      message: "The file is no longer the one that was stored, so it was left alone.",
      hint: "Remove it by hand, or forget the asset alone."),
    "NO_LINK": Entry(
      message: "The workflow does not say where a model can be had.",
      hint: "Look for it at Hugging Face or Civitai, and queue its link with winch add."),
    "DAMAGED": Entry(
      message: "The file is not what was stored: its hash has changed.",
      hint: "Have it fetched again with winch verify --repair."),
    "MISSING": Entry(
      message: "There is no file under this path.",
      hint: "Put it back, or have it fetched again with winch verify --repair."),
    "UNREADABLE": Entry(
      message: "The file could not be read.", hint: "Look at its permissions and the disk."),
    "CHECK_NOT_FOUND": Entry(
      message: "The asset is not being checked.", hint: "Begin with winch verify."),
    "CANCELLED": Entry(
      message: "The repair was cancelled while it was waited for.", hint: "Begin it anew."),
    "CONTENT_NOT_FOUND": Entry(
      message: "No content with this hash is stored.", hint: "Download it or upload it."),
    "ASSET_NOT_FOUND": Entry(
      message: "There is no such asset.", hint: "It may have been deleted: read the list anew."),
    "FOLDER_NOT_FOUND": Entry(
      message: "There is no such folder of models.", hint: "Look for its name in the models root."),
  ]

  static let backend: KeyValuePairs<String, Entry> = [
    "ENGINE_NOT_STARTED": Entry(
      message: "The engine did not start.", hint: "winch serve starts it and shows why not."),
    "ENGINE_SILENT": Entry(
      message: "An engine runs, but does not answer.",
      hint: "winch doctor tells its process; end that, and the next one goes on.", again: .waits),
    "ENGINE_ALREADY_RUNNING": Entry(
      message: "Another engine uses the same database or models folder.",
      hint: "Stop it with winch stop, or choose another folder with --models."),
    "UNREACHABLE": Entry(
      message: "The engine cannot listen at its address.",
      hint: "Stop what listens there, or choose another: --listen, or WINCH_SOCKET."),
    "BACKEND_UNREACHABLE": Entry(
      message: "The backend could not be reached.",
      hint: "winch doctor looks where the way to it ends.", again: .waits),
    "INVALID_BACKEND_URL": Entry(
      message: "The backend's address is not an http or https URL.",
      hint: "Give it as https://host or http://127.0.0.1:port."),
    "MALFORMED_ANSWER": Entry(
      message: "The backend's answer could not be read.",
      hint: "Check its address: it may be another program, or an older Winch."),
    "ANSWER_TOO_LARGE": Entry(
      message: "The backend's answer is too large to be read.",
      hint: "Check its address: it may be another program."),
    "INVALID_REDIRECT": Entry(
      message: "The backend leads to something that is no link.", hint: "Check its address."),
    "CONNECTION_LOST": Entry(
      message: "The line to the backend was lost.", hint: "It is made anew by itself.",
      again: .waits),
    "STOPPED": Entry(
      message: "The transfer was stopped; its bytes are kept.",
      hint: "It goes on with the engine: winch status --start.",
      again: .partly("with the engine, or when the download is resumed")),
  ]

  static let download: KeyValuePairs<String, Entry> = [
    "NOT_CANCELLABLE": Entry(
      message: "It has ended already.", hint: "winch ls '!state:ended' lists those that have not."),
    "NOT_RETRIABLE": Entry(
      message: "Only a failed or cancelled download can be retried.",
      hint: "winch ls 'state:failed|cancelled' lists them."),
    "NOT_SENT": Entry(
      message: "The backend has not accepted it yet.",
      hint: "Wait a moment; winch ls sends what is queued.", again: .waits),
    "HAS_BEGUN": Entry(
      message: "It has begun, or is being sent: it can no longer be changed.",
      hint: "Cancel it, then change it."),
    "TASK_MISSING": Entry(
      message: "The backend no longer knows this download.", hint: "winch retry queues it again."),
    "FAILED": Entry(
      message: "The download failed, and the backend does not say why.", hint: "Retry it."),
    "TASK_SHARED": Entry(
      message: "Another download waits for the same task.", hint: "Cancel one of the two first."),
    "TASK_NOT_CANCELLABLE": Entry(message: "The task has ended already.", hint: nil),
    "TASK_NOT_RETRIABLE": Entry(
      message: "The task cannot be retried now.",
      hint: "Only a failed or cancelled one can, once no other task fetches the same file."),
    "TASK_NOT_PAUSABLE": Entry(
      message: "The task has ended already.", hint: "Only what has not ended can be held back."),
    "TASK_NOT_MOVABLE": Entry(
      message: "Only a task that waits has a place in the queue.",
      hint: "What is under way can be moved once it is paused."),
    "TASK_HAS_ENDED": Entry(
      message: "The task has ended already.", hint: "Only what has not ended can be limited."),
    "TASK_NOT_FOUND": Entry(
      message: "There is no such task.", hint: "Look at the ids with winch ls."),
  ]

  static let input: KeyValuePairs<String, Entry> = [
    "INVALID_CONFIG": Entry(
      message: "A setting is wrong.",
      hint: "Correct what is named; winch config edit opens the file."),
    "INVALID_ENDPOINT": Entry(
      message: "The backend or mirror is no address.",
      hint: "Use --backend local, cloud, a profile's name or a URL."),
    "INVALID_METADATA": Entry(
      message: "The metadata cannot be read.",
      hint: "Write key=value, or one JSON object with --meta-json."),
    "INVALID_LIMIT": Entry(
      message: "This is no speed.", hint: "Write 5M, 800k or 1.5MiB/s, or none for no limit."),
    "INVALID_WORKFLOW": Entry(
      message: "This is no workflow of ComfyUI.",
      hint: "Give JSON as ComfyUI saves or exports it, or a picture that it has made."),
    "INVALID_MANIFEST": Entry(
      message: "A list of models cannot be read.",
      hint: "Mend what is named; winch export writes one to start from."),
    "INVALID_FILENAME": Entry(
      message: "A name is no path inside of the models folder.",
      hint: "Correct it in the workflow."),
  ]
}

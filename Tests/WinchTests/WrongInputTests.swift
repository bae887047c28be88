import Foundation
import TestTerminal
import Testing

/// What somebody new types wrong, in the real binary: each time it is said what to do.
@Suite("Wrong input", .serialized)
struct WrongInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    /// Stands in what is said: what is wrong, and what to do.
    let words: [String]
    var variables: [String: String] = [:]
    var input = ""

    var testDescription: String {
      (variables.map { "\($0.key)=\($0.value)" } + ["winch"] + arguments).joined(separator: " ")
    }

    init(
      _ arguments: String..., status: Int32, says words: String...,
      with variables: [String: String] = [:],
      input: String = ""
    ) {
      self.arguments = arguments
      self.status = status
      self.words = words
      self.variables = variables
      self.input = input
    }
  }

  private static let link = "https://huggingface.co/o/n/resolve/main/m.safetensors"

  /// In the sandbox `FOLDER` is a folder, `EMPTY` an empty file, `BINARY` one that is no text, `TEXT` one
  /// that is something else than what is asked for.
  static let cases: [Case] = [
    // Links.
    Case("add", status: 64, says: "No link was given.", "winch add URL"),
    Case("add", "", status: 64, says: "No link was given."),
    Case("add", "huggingface", status: 65, says: "huggingface", "Nothing was queued."),
    Case(
      "add", "https://example.com/m.safetensors", status: 65, says: "neither", "Nothing was queued."
    ),
    Case("add", "ftp://huggingface.co/o/n", status: 65, says: "Nothing was queued."),
    Case("inspect", "nonsense", status: 65, says: "https://huggingface.co/"),
    Case("inspect", "https://example.com/x", status: 65, says: "Hugging Face"),
    // Folders, tags and metadata.
    Case("add", "--folder", "../x", link, status: 65, says: "../x", "such as loras"),
    Case("add", "--folder", "", link, status: 65, says: "such as loras"),
    Case("add", "--tag", "a,b", link, status: 65, says: "a,b cannot be a tag.", "without commas"),
    Case("add", "--tag", "", link, status: 65, says: "An empty text cannot be a tag."),
    Case(
      "assets", "tag", "m", "--add", "", status: 65, says: "An empty text cannot be a tag."),
    Case("add", "--meta", "x", link, status: 65, says: "key=value"),
    Case("add", "--meta-json", "[", link, status: 65, says: "one JSON object", "author"),
    Case("add", "--preview-id", "x", link, status: 65, says: "UUID", "asset_id"),
    // Files.
    Case(
      "add", "--from", "/nowhere", status: 65, says: "There is no file /nowhere.", "Check the path"),
    Case("add", "--from", "FOLDER", status: 65, says: "is a folder.", "Give a file"),
    Case("add", "--from", "EMPTY", status: 65, says: "There is no link in", "one a line"),
    Case("add", "--from", "-", status: 65, says: "There is no link in standard input."),
    Case("add", "--from", "BINARY", status: 65, says: "no list of links", "one link a line"),
    Case("workflow", "/nowhere", status: 65, says: "There is no file /nowhere."),
    Case("workflow", "FOLDER", status: 65, says: "is a folder."),
    Case("workflow", "EMPTY", status: 65, says: "EMPTY", "ComfyUI"),
    Case("workflow", "TEXT", status: 65, says: "TEXT"),
    Case("workflow", "-", status: 65, says: "standard input"),
    Case("workflow", status: 64, says: "files", "winch workflow"),
    Case("workflow", "--wait", "TEXT", status: 64, says: "--add"),
    // Identifiers.
    Case("show", "abc", status: 65, says: "There is no download abc.", "winch ls"),
    Case("show", "", status: 64, says: "winch ls"),
    Case("show", status: 64, says: "id", "winch show"),
    Case("cancel", "abc", status: 65, says: "There is no download abc.", "winch ls"),
    Case("retry", "abc", status: 65, says: "There is no download abc.", "winch ls"),
    Case("retry", "--dry-run", "abc", status: 65, says: "There is no download abc.", "winch ls"),
    Case("pause", "", status: 64, says: "winch ls"),
    Case("move", "abc", "--to", "left", status: 64, says: "top", "up", "down", "end"),
    Case("verify", "nothing", status: 65, says: "Nothing stored is called nothing.", "winch"),
    // Options and values.
    Case("ad", status: 64, says: "There is no command ad.", "winch add"),
    Case("help", "foo", status: 64, says: "There is no command foo.", "winch help"),
    Case(
      "help", "assets", "lss", status: 64, says: "There is no command assets lss.",
      "Did you mean winch assets ls?"),
    Case("assets", "lss", status: 64, says: "Did you mean winch assets ls?"),
    Case("config", "shwo", status: 64, says: "Did you mean winch config show?"),
    Case("config", "xyzzy", status: 64, says: "winch help config lists the commands."),
    Case("xyzzy", status: 64, says: "winch help"),
    Case(link, status: 64, says: "winch add"),
    Case("add", "--fodler", "loras", link, status: 64, says: "--folder"),
    Case("ls", "--sort", "szie", status: 64, says: "szie", "Did you mean size?"),
    Case("ls", "size>", status: 64, says: "needs a value", "size>5G"),
    Case("ls", "--filter", "(a", status: 64, says: "not closed", "in quotes"),
    Case("limit", "fast", status: 64, says: "5M"),
    Case("verify", "--at-once", "0", status: 64, says: "1 to 16"),
    Case("serve", "--connections", "99", status: 64, says: "1 to 16"),
    Case("serve", "--listen", "nonsense", status: 64, says: "HOST:PORT"),
    // Settings.
    Case("config", "set", "thme", "dark", status: 65, says: "thme", "theme"),
    Case("config", "set", "theme", "drak", status: 65, says: "drak", "dark"),
    Case("config", "use", "nowhere", status: 65, says: "nowhere", "a profile's name"),
    // Backends.
    Case("ls", "--backend", "lcoal", status: 65, says: "Did you mean local?"),
    Case(
      "ls", "--backend", "http://127.0.0.1:9", status: 69, says: "does not answer", "winch doctor"),
    Case("limit", "--backend", "http://127.0.0.1:9", status: 69, says: "reached", "winch doctor"),
    Case("status", status: 69, says: "not running", "starts by itself"),
    // An engine that cannot start.
    Case(
      "limit", status: 69, says: "The engine did not start: ", "EMPTY", "winch serve",
      with: ["XDG_DATA_HOME": "EMPTY"]),
    Case(
      "limit", status: 69, says: "The engine did not start: ", "WINCH_CONNECTIONS", "1 to 16",
      with: ["WINCH_CONNECTIONS": "99"]),
    Case(
      "status", "--start", status: 69, says: "The engine did not start: ", "WINCH_LOG",
      with: ["WINCH_LOG": "foo"]),
    Case("ls", status: 73, says: "EMPTY", "folder is writable", with: ["XDG_STATE_HOME": "EMPTY"]),
  ]

  @Test("is refused with the status of its kind, and with what to do", arguments: cases)
  func refused(_ example: Case) async throws {
    let sandbox = try Sandbox()
    let files = ["EMPTY": Data(), "BINARY": Data([0xFF, 0xFE, 0]), "TEXT": Data("hello".utf8)]
    for (name, data) in files { try data.write(to: sandbox.root.appending(path: name)) }
    func filled(_ text: String) -> String {
      files[text] != nil
        ? sandbox.root.appending(path: text).path()
        : text == "FOLDER" ? sandbox.root.path() : text
    }
    let result = try await sandbox.run(
      example.arguments.map(filled), input: example.input,
      variables: example.variables.mapValues(filled))
    #expect(result.status == example.status, "\(result.output)\(result.errors)")
    #expect(result.output == "", "\(result.output)")
    for word in example.words { #expect(result.errors.contains(word), "\(result.errors)") }
    #expect(!result.errors.contains("\u{1B}"))
    await sandbox.remove()
  }

  @Test("an id that begins several lists them")
  func ambiguous() async throws {
    try await CloudBench.withRunning { bench in
      // With seventeen, two begin with the same of sixteen digits.
      let added = try await bench.sandbox.run(["add"] + CloudBench.links(17))
      try #require(added.status == 0, "\(added.errors)")
      let ids = try await bench.listed().compactMap { $0["id"]?.string }
      let beginnings = Dictionary(grouping: ids) { $0.prefix(1) }
      let beginning = try #require(beginnings.first { $0.value.count > 1 }).key
      let result = try await bench.sandbox.run(["show", String(beginning)])
      #expect(result.status == 65)
      // Tasks of the backend have ids, too, which may begin so.
      #expect(
        result.errors.contains(
          /could be any of \d+ downloads\.\n  [0-9a-f]{8}  \d+\.safetensors\n/),
        "\(result.errors)")
      #expect(result.errors.contains("Give more of the id"))
    }
  }

  @Test("a wrong key ends with 77 and says how to store another")
  func wrongKey() async throws {
    try await CloudBench.withRunning { bench in
      for command in [["ls"], ["add", CloudBench.links(1)[0]], ["limit"], ["verify"]] {
        let result = try await bench.sandbox.run(
          command, variables: ["COMFY_CLOUD_API_KEY": "wrong"])
        #expect(result.status == 77, "\(command): \(result.errors)")
        #expect(result.errors.contains("winch config login"), "\(command): \(result.errors)")
      }
    }
  }
}

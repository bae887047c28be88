import Testing

@testable import winch

@Suite("One value of a YAML file")
struct YAMLEditTests {
  private static let file = """
    # mine
    backend: gpu   # the box

    profiles:
      gpu: {url: "https://gpu:8189"}
      # another
      team:
        url: 'https://cloud.comfy.org'
        workspace: ws-1
    # speed
    downloads: 3
    limit_schedule:
    - {from: "08:00", to: "18:00", limit: 5M}
    - from: "22:00"
      to: "06:00"
      limit: none

    keys:
      retry: [F5,
        F6]
    theme:   # which?

    """

  private func set(_ path: [String], _ value: String, in text: String = file) throws -> String {
    try YAMLEdit.setting(path, to: value, in: text, file: "/c.yaml")
  }

  @Test(
    "is exchanged, and all else stays",
    arguments: [
      (["backend"], "local", "backend: gpu ", "backend: local "),
      (["downloads"], "5", "downloads: 3", "downloads: 5"),
      (["profiles", "team", "url"], "https://h", "'https://cloud.comfy.org'", "https://h"),
      (
        ["profiles", "gpu", "url"], "https://h", #"{url: "https://gpu:8189"}"#,
        #"{url: "https://h"}"#
      ),
      (["keys", "retry"], "F7", "[F5,\n    F6]", "F7"),
      (["theme"], "light", "theme:   #", "theme: light   #"),
    ])
  func replaces(path: [String], value: String, old: String, new: String) throws {
    let expected = Self.file.replacing(old, with: new)
    try #require(expected != Self.file)
    #expect(try set(path, value) == expected)
  }

  @Test("a list below its name gives way to one line")
  func list() throws {
    let result = try set(["limit_schedule"], "[]")
    #expect(result.contains("downloads: 3\nlimit_schedule: []\n\nkeys:\n"))
  }

  @Test("what is missing is added behind its neighbours")
  func adds() throws {
    #expect(try set(["models"], "~/m").hasSuffix("theme:   # which?\nmodels: ~/m\n"))
    #expect(
      try set(["profiles", "new", "url"], "https://n").contains(
        "    workspace: ws-1\n  new:\n    url: https://n\n# speed\n"))
    #expect(try set(["theme"], "dark", in: "") == "theme: dark\n")
    #expect(try set(["theme"], "dark", in: "# only this") == "# only this\ntheme: dark\n")
    #expect(
      try set(["keys", "retry"], "F5", in: "keys:\n") == "keys:\n  retry: F5\n")
  }

  @Test(
    "is taken out, and all else stays",
    arguments: [
      (["backend"], "backend: gpu   # the box\n", ""),
      (["profiles", "team", "workspace"], "    workspace: ws-1\n", ""),
      (["profiles", "gpu", "url"], "  gpu: {url: \"https://gpu:8189\"}\n", ""),
      (
        ["limit_schedule"],
        """
        limit_schedule:
        - {from: "08:00", to: "18:00", limit: 5M}
        - from: "22:00"
          to: "06:00"
          limit: none

        """, ""
      ),
      (["keys", "retry"], "keys:\n  retry: [F5,\n    F6]\n", ""),
      (["theme"], "theme:   # which?\n", ""),
    ])
  func removes(path: [String], old: String, new: String) throws {
    let expected = Self.file.replacing(old, with: new)
    try #require(expected != Self.file)
    #expect(try YAMLEdit.removing(path, in: Self.file, file: "/c.yaml") == expected)
  }

  @Test("what stands alone goes with all that it is in, and what is not there is none")
  func removesEnclosing() throws {
    func removing(_ path: [String], in text: String) throws -> String? {
      try YAMLEdit.removing(path, in: text, file: "/c.yaml")
    }
    #expect(try removing(["a", "b", "c"], in: "a:\n  b:\n    c: 1\n# x\n") == "# x\n")
    #expect(try removing(["a", "b"], in: "a: {b: 1, c: 2}\n") == "a: {c: 2}\n")
    #expect(try removing(["a", "b"], in: "d: 1\na: {b: 1}\n") == "d: 1\n")
    #expect(try removing(["a", "x"], in: "a: {b: 1}\n") == nil)
    #expect(try removing(["a"], in: "") == nil)
  }

  @Test(
    "a file that cannot be changed like this is refused",
    arguments: [
      "{theme: light}", "theme: &a light\nbackend: *a\n", "a: b: c", "theme: |\n  light\n# x\n",
    ])
  func refuses(text: String) throws {
    do {
      let result = try set(["theme"], "dark", in: text)
      #expect(try YAMLNode(text: result, file: "")?.json.object?["theme"] == "dark")
    } catch {
      #expect(error is ConfigError)
    }
  }

  @Test(
    "any text stands for itself",
    arguments: [
      "a b", "a: b", "#x", "~", "null", "-", "- a", "'", "\"", "\\", "{", "[", "a #b", "&x", "*x",
      "!x", "%x", "@x", "`x", "|", ">", "?", ":", "a:", "é", "1", "true", " a ", "a\nb", "a\tb",
    ])
  func texts(text: String) throws {
    let result = try set(["on"], YAMLText.scalar(text))
    let root = try #require(try YAMLNode(text: result, file: ""))
    let value = try #require(try root.members().first { $0.name == "on" }?.value)
    #expect(try value.text() == text)
  }
}

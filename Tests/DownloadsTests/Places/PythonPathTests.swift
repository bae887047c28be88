import HostileInput
import Testing

@testable import Downloads

@Suite("Paths as ComfyUI's Python has them")
struct PythonPathTests {
  private let paths = PythonPath(environment: ["DISK": "/mnt/d", "A_1": "a", "EMPTY": ""]) { user in
    switch user {
    case nil: "/home/me"
    case "you": "/home/you/"
    default: nil
    }
  }

  @Test(
    "~ and variables are filled in, and what is unknown stays",
    arguments: [
      ("~", "/home/me"), ("~/x", "/home/me/x"), ("~you/x", "/home/you/x"), ("~they/x", "~they/x"),
      ("a/~", "a/~"), ("$DISK/x", "/mnt/d/x"), ("${DISK}x/$A_1", "/mnt/dx/a"), ("$EMPTY/x", "/x"),
      ("$NONE/${NONE}/$", "$NONE/${NONE}/$"), ("${DISK", "${DISK"), ("~/$A_1-$A_1", "/home/me/a-a"),
    ])
  func expanded(path: String, expected: String) {
    #expect(paths.expanded(path) == expected)
  }

  @Test(
    "a path becomes absolute without dots",
    arguments: [
      ("a/b", "/base/a/b"), ("../a", "/a"), ("../../..", "/"), ("/x//y/./z/", "/x/y/z"),
      ("./a/../b", "/base/b"), ("", "/base"),
    ])
  func absolute(path: String, expected: String) {
    #expect(PythonPath.absolute(path, from: "/base") == expected)
  }

  @Test("whatever is written comes out absolute, and the same again")
  func hostile() {
    var generator = HostileInput(seed: 91)
    for _ in 0..<HostileInput.count {
      let text = generator.mutate(["~/a/${DISK}/b", "$A_1/../x", "~you", "${", "/a//b/."])
      let path = PythonPath.absolute(paths.expanded(text), from: "/base")
      #expect(path.hasPrefix("/"))
      #expect(PythonPath.absolute(path, from: "/other") == path)
    }
  }
}

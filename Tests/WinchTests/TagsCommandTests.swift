import ComfyAPI
import Foundation
import OriginLab
import TestTerminal
import Testing

/// `winch tags`, in the real binary.
@Suite("Listing tags", .serialized)
struct TagsCommandTests {
  @Test("tags have their counts in front, the most used first, or in the order of their names")
  func list() async throws {
    try await CloudBench.withRunning { bench in
      for link in CloudBench.links(10) { bench.lab.store(link) }
      let sandbox = bench.sandbox
      let tagged = try await sandbox.run(["assets", "tag", "1000[01]*", "--add", "style"])
      try #require(tagged.status == 0, "\(tagged.errors)")
      let all = try await sandbox.run(["tags"])
      #expect(all.status == 0, "\(all.errors)")
      #expect(all.output == "2  style\n")
      let json = try await sandbox.run(["tags", "--json"])
      let object = try WireFormat.decode([String: JSONValue].self, from: json.output.utf8)
      #expect(object["total"] == 1)
      #expect(object["has_more"] == false)
    }
  }

  @Test("an engine's tags begin as asked for, and that none does is said")
  func prefix() async throws {
    try await Sandbox.withLab { lab, sandbox in
      lab.addHuggingFace(
        repo: "org/repo", path: "m.safetensors", file: .safetensors(size: 1000, seed: 1))
      let added = try await sandbox.run([
        "add", "--wait", "--folder", "vae", "--tag", "style", "--tag", "flux",
        "\(lab.hubEndpoint)/org/repo/resolve/main/m.safetensors",
      ])
      try #require(added.status == 0, "\(added.errors)")
      #expect(try await sandbox.run(["tags", "st"]).output == "1  style\n")
      let names = try await sandbox.run(["tags", "--sort", "name"]).output
      #expect(names == "1  flux\n1  style\n")
      let none = try await sandbox.run(["tags", "zz"])
      #expect(none.status == 0)
      #expect(none.output == "")
      #expect(none.errors == "No tag begins with zz; winch tags lists all.\n")
      #expect(try await sandbox.run(["tags", "--sort", "size"]).status == 64)
    }
  }

  @Test("a backend without tags, and one that does not answer, end it with 69")
  func failures() async throws {
    try await CloudBench.withRunning { bench in
      bench.lab.inject(.refuse(404), on: "GET /api/tags")
      let none = try await bench.sandbox.run(["tags"])
      #expect(none.status == 69)
      #expect(none.errors.contains("cloud does not tell which tags there are."))
      let away = ["COMFY_CLOUD_BASE_URL": "http://127.0.0.1:9"]
      #expect(try await bench.sandbox.run(["tags"], variables: away).status == 69)
    }
  }
}

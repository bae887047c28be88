import ComfyAPI
import Foundation
import OriginLab
import Testing
import Transport

@testable import EngineServer

@Suite("uploads over HTTP")
struct UploadRouteTests {
  private static let content = String(repeating: "model ", count: 50_000)

  private func upload(
    _ library: StoredLibrary, _ fields: [(String, String)], file: String? = content,
    filename: String = "new.safetensors"
  ) async throws -> HTTPResponse {
    var form = ""
    // Web pages send the file first.
    if let file {
      form += "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(filename)\"\r\n"
      form += "Content-Type: application/octet-stream\r\n\r\n\(file)\r\n"
    }
    for (name, value) in fields {
      form += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    return try await library.server.send(
      "POST", "/api/assets", headers: ["Content-Type": "multipart/form-data; boundary=b"],
      body: form + "--b--\r\n")
  }

  private func created(_ answer: HTTPResponse) throws -> AssetCreated {
    try WireFormat.decode(AssetCreated.self, from: answer.body)
  }

  private func text(_ library: StoredLibrary, _ path: String) -> String? {
    FileManager.default.contents(atPath: library.models + "/" + path).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// What uploads have left in the work folder.
  private func leftovers(_ library: StoredLibrary) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: library.models + "/.winch")
    return (names ?? []).filter { $0 != "engine.lock" }
  }

  @Test("a model is stored in its folder with all that the form says")
  func model() async throws {
    try await StoredLibrary.with { library in
      let preview = try await library.asset("alpha").id
      let id = "0B0E7A12-0000-4000-8000-00000000000A"
      let answer = try await upload(
        library,
        [
          ("tags", #"["models","model_type:vae","mine"]"#), ("id", id), ("preview_id", preview),
          ("name", "My model"), ("mime_type", "application/x-safetensors"),
          ("user_metadata", #"{"note":"own"}"#),
        ])
      #expect(answer.status == 201)
      let created = try created(answer)
      #expect(created.createdNew)
      let asset: Asset = try await library.get("/api/assets/\(id)")
      #expect(asset == created.asset)
      #expect(asset.id == id.lowercased())
      #expect(asset.name == "My model")
      #expect(asset.filePath == "models/vae/new.safetensors")
      #expect(asset.loaderPath == "new.safetensors")
      #expect(asset.size == 300_000)
      #expect(asset.mimeType == "application/x-safetensors")
      #expect(asset.tags == ["models", "model_type:vae", "mine"])
      #expect(asset.userMetadata == ["note": "own"])
      #expect(asset.previewID == preview)
      #expect(asset.previewURL == "/api/assets/\(preview)/content?disposition=inline")
      #expect(text(library, "vae/new.safetensors") == Self.content)
      #expect(leftovers(library) == [])
    }
  }

  @Test("the same content again is 200 in its folder, and a hard link in another")
  func again() async throws {
    try await StoredLibrary.with { library in
      let first = try created(try await upload(library, [("tags", #"["models","vae"]"#)]))
      let second = try await upload(
        library, [("tags", #"["models","vae","more"]"#)], filename: "other.safetensors")
      #expect(second.status == 200)
      let same = try created(second)
      #expect(!same.createdNew)
      #expect(same.asset.id == first.asset.id)
      #expect(same.asset.tags == ["models", "vae", "more"])
      let third = try await upload(
        library, [("tags", #"["models","loras"]"#)], filename: "beta.safetensors")
      #expect(third.status == 201)
      // The name is taken by another file, which stays as it is.
      #expect(try created(third).asset.filePath == "models/loras/beta (2).safetensors")
      func inode(_ path: String) throws -> NSNumber? {
        try FileManager.default.attributesOfItem(atPath: library.models + "/" + path)[
          .systemFileNumber] as? NSNumber
      }
      #expect(try inode("vae/new.safetensors") == inode("loras/beta (2).safetensors"))
      #expect(text(library, "loras/beta.safetensors")?.utf8.count != Self.content.utf8.count)
      #expect(leftovers(library) == [])
    }
  }

  @Test("a picture stands apart from the models", arguments: ["preview", "input"])
  func picture(tag: String) async throws {
    try await StoredLibrary.with { library in
      let answer = try await upload(
        library, [("tags", #"["\#(tag)"]"#)], file: "picture", filename: "../a/x_preview.png")
      #expect(answer.status == 201)
      let asset = try created(answer).asset
      #expect(asset.filePath == "models/.uploads/x_preview.png")
      #expect(asset.loaderPath == nil)
      let content = try await library.server.send("GET", "/api/assets/\(asset.id)/content")
      #expect(content.body == Array("picture".utf8))
      let folders: [ModelFolder] = try await library.get("/api/experiment/models")
      #expect(!folders.contains { $0.name.contains("uploads") })
    }
  }

  @Test("an expected hash is compared, and a wrong one stores nothing")
  func hash() async throws {
    try await StoredLibrary.with { library in
      let tags = ("tags", #"["models","vae"]"#)
      let wrong = try await upload(
        library, [tags, ("hash", "blake3:" + String(repeating: "0", count: 64))])
      #expect(wrong.status == 400)
      #expect(wrong.error?.code == "HASH_MISMATCH")
      #expect(wrong.error?.details?["field"] == "hash")
      #expect(text(library, "vae/new.safetensors") == nil)
      #expect(leftovers(library) == [])
      let right = try #require(try created(try await upload(library, [tags])).asset.hash)
      #expect(try await upload(library, [tags, ("hash", right)]).status == 200)
    }
  }

  @Test(
    "a bad field is named, and nothing is left",
    arguments: [
      ("tags", "models", 400, "INVALID_BODY"), ("tags", "[1]", 400, "INVALID_BODY"),
      ("tags", #"["models"]"#, 422, "INVALID_TAGS"),
      ("tags", #"["models","input"]"#, 422, "INVALID_TAGS"),
      ("tags", #"["models","model_type:../x"]"#, 422, "INVALID_TAGS"),
      ("tags", #"["model_type:vae","model_type:loras"]"#, 422, "INVALID_TAGS"),
      ("tags", #"["model_type:custom_nodes"]"#, 422, "INVALID_TAGS"),
      ("tags", #"["a,b"]"#, 422, "INVALID_TAGS"), ("id", "1", 400, "INVALID_ID"),
      ("preview_id", "x", 400, "INVALID_PREVIEW_ID"),
      ("preview_id", "00000000-0000-0000-0000-000000000001", 400, "INVALID_PREVIEW_ID"),
      ("name", "../x", 400, "INVALID_NAME"), ("mime_type", "png", 400, "INVALID_MIME_TYPE"),
      ("hash", "md5:1", 400, "INVALID_PARAMETER"), ("user_metadata", "[]", 400, "INVALID_BODY"),
      ("nonsense", "1", 400, "INVALID_BODY"), ("file", "x", 400, "INVALID_BODY"),
    ])
  func badField(field: String, value: String, status: Int, code: String) async throws {
    try await StoredLibrary.with { library in
      let answer = try await upload(library, [(field, value)])
      #expect(answer.status == status)
      #expect(answer.error?.code == code)
      #expect(answer.error?.details?["field"]?.string == field)
      #expect(leftovers(library) == [])
      #expect(text(library, ".uploads/new.safetensors") == nil)
    }
  }

  @Test("an id that is taken, an empty file and a missing one are refused")
  func refusals() async throws {
    try await StoredLibrary.with { library in
      let taken = try await library.asset("alpha").id
      let second = try await upload(library, [("id", taken.uppercased())])
      #expect(second.status == 400)
      #expect(second.error?.code == "ASSET_ID_UNAVAILABLE")
      let empty = try await upload(library, [], file: "")
      #expect(empty.error?.code == "EMPTY_UPLOAD")
      let none = try await upload(library, [("name", "x")], file: nil)
      #expect(none.status == 400)
      #expect(none.error?.details?["field"] == "file")
      #expect(leftovers(library) == [])
    }
  }

  @Test("another type of body is 415, one without a boundary 400, and one too large 413")
  func types() async throws {
    try await StoredLibrary.with { library in
      func send(_ headers: HTTPHeaders) async throws -> Int {
        try await library.server.send("POST", "/api/assets", headers: headers, body: "x").status
      }
      #expect(try await send(["Content-Type": "text/plain"]) == 415)
      #expect(try await send(["Content-Type": ";"]) == 415)
      #expect(try await send(["Content-Type": "multipart/form-data"]) == 400)
      #expect(try await send(["Content-Type": "multipart/form-data; boundary=\"a b \""]) == 400)
      let large = try await library.server.exchange(
        "POST /api/assets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\n"
          + "Content-Length: 200000000000\r\n\r\n--b", closing: true)
      #expect(large.status == 413)
      #expect(large.error?.code == "FILE_TOO_LARGE")
      let features = try await library.server.client.features()
      #expect(features.values["max_upload_size"] == 100_000_000_000)
    }
  }

  @Test("a form that breaks off leaves nothing behind")
  func brokenOff() async throws {
    try await StoredLibrary.with { library in
      let answer = try await library.server.send(
        "POST", "/api/assets", headers: ["Content-Type": "multipart/form-data; boundary=b"],
        body: "--b\r\nContent-Disposition: form-data; name=file\r\n\r\nhalf a file")
      #expect(answer.status == 400)
      #expect(answer.error?.code == "INVALID_BODY")
      #expect(leftovers(library) == [])
      let socket = try RawSocket(unixSocket: try #require(library.server.socketPath))
      await socket.write(
        "POST /api/assets HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n"
          + "--b\r\nContent-Disposition: form-data; name=file\r\n\r\nhalf a file")
      while leftovers(library).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      socket.close()
      while !leftovers(library).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }
  }

  @Test("a file is fetched by its URL, and answered when it is there")
  func byURL() async throws {
    try await StoredLibrary.with { library in
      library.lab.addHuggingFace(
        repo: "org/repo", path: "far.safetensors", file: .safetensors(size: 5000, seed: 9))
      func send(_ file: String, _ rest: String = "") async throws -> HTTPResponse {
        let url = library.lab.hubEndpoint + "/org/repo/resolve/main/" + file
        return try await library.server.send(
          "POST", "/api/assets", headers: ["Content-Type": "application/json"],
          body: #"{"url":"\#(url)","name":"near.safetensors","tags":["models","vae"]\#(rest)}"#)
      }
      let first = try await send("far.safetensors")
      #expect(first.status == 201)
      #expect(try created(first).asset.filePath == "models/vae/near.safetensors")
      #expect(text(library, "vae/near.safetensors") != nil)
      #expect(try await send("far.safetensors").status == 200)
      #expect(try await send("none.safetensors").status == 404)
      let bad = try await send("x", #","more":1"#)
      #expect(bad.status == 400)
      #expect(bad.error?.details?["field"] == "more")
      let noURL = try await library.server.send(
        "POST", "/api/assets", headers: ["Content-Type": "application/json"],
        body: #"{"url":"nonsense","name":"x"}"#)
      #expect(noURL.status == 400)
      #expect(noURL.error?.details?["field"] == "url")
    }
  }

  @Test("a file without bytes is given out as one")
  func emptyFile() async throws {
    try await StoredLibrary.with { library in
      library.lab.addHuggingFace(
        repo: "org/repo", path: "empty.txt", file: LabFile(size: 0, seed: 1))
      let url = library.lab.hubEndpoint + "/org/repo/resolve/main/empty.txt"
      let answer = try await library.server.send(
        "POST", "/api/assets", headers: ["Content-Type": "application/json"],
        body: #"{"url":"\#(url)","name":"empty.txt","tags":["models","vae"]}"#)
      #expect(answer.status == 201)
      let path = "/api/assets/\(try created(answer).asset.id)/content"
      let whole = try await library.server.send("GET", path)
      #expect(whole.status == 200)
      #expect(whole.headers["Content-Length"] == "0")
      let range = try await library.server.send("GET", path, headers: ["Range": "bytes=0-"])
      #expect(range.status == 416)
      #expect(range.headers["Content-Range"] == "bytes */0")
    }
  }
}

import ComfyAPI
import Foundation
import Testing
import Transport

@Suite("assets over HTTP")
struct AssetRouteTests {
  @Test("are listed, filtered, sorted and paged")
  func listing() async throws {
    try await StoredLibrary.with { library in
      #expect(try await library.names("sort=name&order=asc") == ["alpha", "beta", "gamma"])
      #expect(try await library.names("sort=size") == ["alpha", "gamma", "beta"])
      #expect(try await library.names("tags_all=loras,mine&sort=name") == ["gamma", "beta"])
      #expect(
        try await library.names("tags_any=checkpoints,vae&sort=name") == ["alpha"])
      #expect(try await library.names("exclude_tags=loras") == ["alpha"])
      #expect(try await library.names("name_contains=ALPH") == ["alpha"])
      #expect(try await library.names("metadata_filter=%7B%22rank%22%3A1%7D") == ["beta"])
      #expect(try await library.names("sort=name&order=asc&limit=1&offset=1") == ["beta"])
      let alpha = try await library.asset("alpha")
      #expect(try await library.names("hash=\(alpha.hash ?? "")") == ["alpha"])
    }
  }

  @Test("are paged by cursor, in every order", arguments: ["name", "created_at", "size"])
  func cursor(sort: String) async throws {
    try await StoredLibrary.with { library in
      var names: [String] = []
      var path: String? = "/api/assets?limit=1&sort=\(sort)"
      while let next = path {
        let page: ListAssetsResponse = try await library.get(next)
        #expect(page.total == 3)
        names += page.assets.map(\.name)
        let cursor = page.nextCursor?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        path = cursor.map { "/api/assets?limit=1&sort=\(sort)&after=\($0)" }
      }
      #expect(names.count == 3)
      #expect(Set(names).count == 3)
      let other = try await library.server.send("GET", "/api/assets?sort=name&after=bm9wZQ==")
      #expect(other.status == 400)
    }
  }

  @Test(
    "bad parameters are named",
    arguments: [
      ("limit=0", "limit"), ("limit=501", "limit"), ("offset=-1", "offset"), ("sort=up", "sort"),
      ("order=no", "order"), ("hash=abc", "hash"), ("after=!", "after"),
      ("metadata_filter=[]", "metadata_filter"), ("tags_all=a&include_tags=b", "tags_all"),
      ("include_public=1", "include_public"), ("name_contains=%zz", "name_contains"),
    ])
  func badParameters(query: String, field: String) async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("GET", "/api/assets?\(query)")
      #expect(answer.status == 400)
      #expect(answer.error?.details?["field"]?.string == field)
    }
  }

  @Test("are read, changed and forgotten; the file stays")
  func changing() async throws {
    try await StoredLibrary.with { library in
      let server = library.server
      let alpha = try await library.asset("alpha")
      let path = "/api/assets/\(alpha.id)"
      #expect(try await library.get(path, as: Asset.self) == alpha)
      let changed = try await server.send(
        "PUT", path, body: #"{"name":"Alpha one","user_metadata":{"note":"kept"}}"#)
      #expect(changed.status == 200)
      let now: Asset = try await library.get(path)
      #expect(now.name == "Alpha one")
      #expect(now.userMetadata == ["note": "kept"])
      #expect(now.filePath == alpha.filePath)
      #expect(try await server.send("PUT", path, body: "{}").status == 400)
      #expect(try await server.send("PUT", path, body: #"{"name":"../x"}"#).status == 400)
      let preview = #"{"preview_id":"00000000-0000-0000-0000-000000000001"}"#
      #expect(try await server.send("PUT", path, body: preview).status == 404)
      #expect(try await server.send("DELETE", path).status == 204)
      #expect(try await server.send("DELETE", path).status == 404)
      #expect(try await server.send("GET", "/api/assets/nope").status == 400)
      #expect(FileManager.default.fileExists(atPath: library.models + "/checkpoints/" + alpha.name))
    }
  }

  @Test("get and lose tags, each told what became of it")
  func tags() async throws {
    try await StoredLibrary.with { library in
      let server = library.server
      let path = "/api/assets/\(try await library.asset("beta").id)/tags"
      let added = try WireFormat.decode(
        TagsModificationResponse.self,
        from: try await server.send("POST", path, body: #"{"tags":["new","mine"]}"#).body)
      #expect(added.added == ["new"])
      #expect(added.alreadyPresent == ["mine"])
      let removed = try WireFormat.decode(
        TagsModificationResponse.self,
        from: try await server.send("DELETE", path, body: #"{"tags":["new","other"]}"#).body)
      #expect(removed.removed == ["new"])
      #expect(removed.notPresent == ["other"])
      #expect(removed.totalTags == ["models", "loras", "mine"])
      #expect(try await server.send("POST", path, body: #"{"tags":[]}"#).status == 400)
      let list: ListTagsResponse = try await library.get("/api/tags?limit=2")
      #expect(list.tags == [TagInfo(name: "mine", count: 3), TagInfo(name: "models", count: 3)])
      #expect(list.total == 4)
      #expect(list.hasMore)
      let named: ListTagsResponse = try await library.get("/api/tags?prefix=lo&order=name_asc")
      #expect(named.tags.map(\.name) == ["loras"])
    }
  }

  @Test("are made from content that is stored, as a second name in another folder")
  func fromHash() async throws {
    try await StoredLibrary.with { library in
      let server = library.server
      let hash = try #require(try await library.asset("alpha").hash)
      #expect(try await server.send("HEAD", "/api/assets/hash/\(hash)").status == 200)
      let other = "blake3:" + String(repeating: "0", count: 64)
      #expect(try await server.send("HEAD", "/api/assets/hash/\(other)").status == 404)
      #expect(try await server.send("HEAD", "/api/assets/hash/md5:1").status == 400)
      func create(_ hash: String, _ folder: String) async throws -> HTTPResponse {
        try await server.send(
          "POST", "/api/assets/from-hash",
          body: #"{"hash":"\#(hash)","tags":["models","\#(folder)"],"name":"twin.safetensors"}"#)
      }
      #expect(try await create(hash, "checkpoints").status == 200)
      #expect(try await create(hash, "vae").status == 201)
      #expect(try await create(other, "vae").status == 404)
      #expect(try await create("x", "vae").status == 400)
      let bytes = FileManager.default.contents(atPath: library.models + "/vae/twin.safetensors")
      #expect(bytes?.count == 3000)
    }
  }

  @Test("give out their bytes, whole and in ranges")
  func content() async throws {
    try await StoredLibrary.with { library in
      let asset = try await library.asset("beta")
      let path = "/api/assets/\(asset.id)/content"
      let bytes = try #require(
        FileManager.default.contents(atPath: library.models + "/loras/beta.safetensors"))
      let whole = try await library.server.send("GET", path)
      #expect(whole.status == 200)
      #expect(whole.body == Array(bytes))
      #expect(whole.headers["Content-Disposition"]?.contains("beta.safetensors") == true)
      func range(_ range: String, ifRange: String? = nil) async throws -> HTTPResponse {
        var headers: HTTPHeaders = ["Range": range]
        headers["If-Range"] = ifRange
        return try await library.server.send("GET", path, headers: headers)
      }
      let part = try await range("bytes=10-19")
      #expect(part.status == 206)
      #expect(part.body == Array(bytes[10..<20]))
      #expect(part.headers["Content-Range"] == "bytes 10-19/1000")
      #expect(try await range("bytes=-5").body == Array(bytes.suffix(5)))
      #expect(try await range("bytes=990-").body == Array(bytes[990...]))
      #expect(try await range("bytes=1000-").status == 416)
      #expect(try await range("bytes=0-1", ifRange: "\"other\"").status == 200)
      #expect(try await range("bytes=5-2").status == 200)
      let tag = try #require(whole.headers["ETag"])
      let known = try await library.server.send("GET", path, headers: ["If-None-Match": tag])
      #expect(known.status == 304)
      #expect(known.body.isEmpty)
      let changed = try await library.server.send("GET", path, headers: ["If-Match": "\"x\""])
      #expect(changed.status == 412)
      let head = try await library.server.send("HEAD", path)
      #expect(head.status == 200)
      #expect(head.headers["Content-Length"] == "1000")
      #expect(head.headers["ETag"] == tag)
      try FileManager.default.removeItem(atPath: library.models + "/loras/beta.safetensors")
      #expect(try await library.server.send("GET", path).status == 404)
    }
  }

  @Test("a link is looked at without more of it being fetched than its header")
  func remoteMetadata() async throws {
    try await StoredLibrary.with { library in
      let sent = library.lab.bytesSentByContentHost
      func look(_ url: String) async throws -> HTTPResponse {
        let url = url.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await library.server.send("GET", "/api/assets/remote-metadata?url=\(url)")
      }
      let base = library.lab.hubEndpoint + "/org/repo/resolve/main/"
      let found = try WireFormat.decode(
        AssetMetadataResponse.self, from: try await look(base + "alpha.safetensors").body)
      #expect(found.contentLength == 3000)
      #expect(found.filename == "alpha.safetensors")
      #expect(found.validation?.isValid == true)
      #expect(try await look(base + "none.safetensors").status == 422)
      #expect(try await look("https://example.com/x").status == 400)
      #expect(try await look("").status == 400)
      // The header of the one file that is there, of which the whole is smaller than a header's most.
      #expect(library.lab.bytesSentByContentHost == sent + 3000)
    }
  }

  @Test("the models tree is shown as ComfyUI shows it")
  func models() async throws {
    try await StoredLibrary.with { library in
      let folders: [ModelFolder] = try await library.get("/api/experiment/models")
      #expect(folders.map(\.name).starts(with: ["checkpoints", "loras"]))
      #expect(folders.first?.folders == [library.models + "/checkpoints"])
      let files: [ModelFile] = try await library.get("/api/experiment/models/loras")
      #expect(files.map(\.name) == ["beta.safetensors", "gamma.safetensors"])
      #expect(files.map(\.size) == [1000, 2000])
      let empty: [ModelFile] = try await library.get("/api/experiment/models/vae")
      #expect(empty == [])
      for path in ["nope", "%2e%2e", ".winch", "custom_nodes"] {
        #expect(
          try await library.server.send("GET", "/api/experiment/models/\(path)").status == 404)
      }
      let user: UserResponse = try await library.get("/api/user")
      #expect(user.status == "active")
      let stats: SystemStatsResponse = try await library.get("/api/system_stats")
      #expect(stats.system.ramTotal > 0)
    }
  }
}

import ComfyAPI
import Foundation
import OriginLab
import Testing
import Transport

@Suite("secrets over HTTP")
struct SecretRouteTests {
  private func create(
    _ library: StoredLibrary, _ body: String
  ) async throws -> HTTPResponse {
    try await library.server.send("POST", "/api/secrets", body: body)
  }

  @Test("are stored, renamed, replaced and deleted, and their values never come back")
  func life() async throws {
    try await StoredLibrary.with { library in
      let server = library.server
      let answer = try await create(
        library, #"{"name":"mine","secret_value":"hf_SECRET","provider":"huggingface"}"#)
      #expect(answer.status == 201)
      let made = try WireFormat.decode(SecretResponse.self, from: answer.body)
      let path = "/api/secrets/\(made.id)"
      let renamed = try await server.send(
        "PATCH", path, body: #"{"name":"other","secret_value":"hf_SECRETer"}"#)
      #expect(renamed.status == 200)
      let list: SecretListResponse = try await library.get("/api/secrets")
      #expect(list.data.map(\.name) == ["other"])
      let all = [answer, renamed, try await server.send("GET", "/api/secrets")]
      #expect(!all.contains { String(decoding: $0.body, as: UTF8.self).contains("SECRET") })
      let file = library.models + "/../data/secrets.json"
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      #expect(try await server.send("DELETE", path).status == 204)
      #expect(try await server.send("GET", path).status == 404)
    }
  }

  @Test(
    "bad ones are refused with the contract's codes",
    arguments: [
      ("{}", 400, "INVALID_REQUEST"), (#"{"name":"","secret_value":"x"}"#, 400, "INVALID_REQUEST"),
      (#"{"name":"a","secret_value":"a\nb"}"#, 400, "INVALID_REQUEST"),
      (#"{"name":"a","secret_value":"x","provider":"other"}"#, 400, "INVALID_PROVIDER"),
      (#"{"name":"taken","secret_value":"x"}"#, 409, "DUPLICATE_NAME"),
      (#"{"name":"b","secret_value":"x","provider":"civitai"}"#, 409, "DUPLICATE_PROVIDER"),
    ])
  func refusals(body: String, status: Int, code: String) async throws {
    try await StoredLibrary.with { library in
      _ = try await create(
        library, #"{"name":"taken","secret_value":"x","provider":"civitai"}"#)
      let answer = try await create(library, body)
      #expect(answer.status == status)
      #expect(answer.error?.code == code)
    }
  }

  @Test("the providers are the two sites")
  func providers() async throws {
    try await RunningServer.onSocket { server in
      let answer = try await server.send("GET", "/api/secrets/providers")
      let providers = try WireFormat.decode(SecretProvidersResponse.self, from: answer.body)
      #expect(providers.data.map(\.id) == ["huggingface", "civitai"])
    }
  }
}

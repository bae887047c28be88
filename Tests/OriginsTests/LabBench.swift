import Downloads
import OriginLab
import Transport

@testable import Origins

extension OriginLab {
  /// A resolver that takes this lab for Hugging Face and Civitai.
  func resolver(huggingFaceToken: String? = nil, civitaiKey: String? = nil) throws -> OriginResolver
  {
    OriginResolver(transport: HTTPTransport(), hosts: try hosts) {
      OriginCredentials(huggingFaceToken: huggingFaceToken, civitaiKey: civitaiKey)
    }
  }

  var hosts: SourceHosts {
    get throws {
      try SourceHosts(environment: [
        "HF_ENDPOINT": hubEndpoint, "CIVITAI_ENDPOINT": civitaiEndpoint,
      ])
    }
  }

  func hubReference(_ path: String, repo: String = "acme/model") throws -> ModelReference {
    try ModelReference("\(hubEndpoint)/\(repo)/resolve/main/\(path)", hosts: hosts)
  }

  func civitaiReference(_ id: Int, query: String = "") throws -> ModelReference {
    try ModelReference("\(civitaiEndpoint)/api/download/models/\(id)\(query)", hosts: hosts)
  }
}

extension ContentStream {
  func collected() async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await piece in body { bytes += piece }
    return bytes
  }
}

/// The error of an operation that must be refused.
func refusal<Value>(
  _ operation: () async throws(OriginError) -> Value
) async throws -> OriginError {
  do throws(OriginError) {
    _ = try await operation()
  } catch {
    return error
  }
  throw NotRefused()
}

struct NotRefused: Error {}

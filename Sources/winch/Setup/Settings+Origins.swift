import Downloads
import Engine
import Foundation
import Origins
import Transport

/// Hugging Face and Civitai, with the tokens of this user.
extension Settings {
  /// Tokens come from the environment, then from those stored with the engine.
  func originResolver(secrets: SecretStore) throws(DownloadFailure) -> OriginResolver {
    let fromEnvironment = OriginCredentials(environment: environment) { path in
      FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
    return OriginResolver(transport: HTTPTransport(), hosts: try hosts) {
      OriginCredentials(
        huggingFaceToken: fromEnvironment.huggingFaceToken
          ?? secrets.value(provider: "huggingface"),
        civitaiKey: fromEnvironment.civitaiKey ?? secrets.value(provider: "civitai"))
    }
  }
}

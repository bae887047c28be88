import Downloads
import Foundation

extension NetworkHealth {
  static func looking(_ environment: [String: String]) -> NetworkHealth {
    func set(_ names: [String]) -> [String: String] {
      environment.filter { names.contains($0.key) && !$0.value.isEmpty }
    }
    return NetworkHealth(
      proxies: set(proxyNames),
      certificates: set(certificateNames).mapValues {
        ($0, FileManager.default.isReadableFile(atPath: $0))
      })
  }
}

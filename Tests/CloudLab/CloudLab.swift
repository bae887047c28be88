import ComfyAPI
import Foundation
import Synchronization
import TestCertificates

/// Plays Comfy Cloud on loopback, as it behaves and not as one would wish.
///
/// An implementation of the contract of its own, which shares nothing with the engine's. Tasks move
/// when the test moves them; what was asked is recorded.
public final class CloudLab: Sendable {
  /// The one key that is let in.
  public static let key = "comfyui-lab-key"

  public let feed = CloudFeed()
  let state = Mutex(CloudState())
  private let server = Mutex<CloudServer?>(nil)

  private let isSecure: Bool

  private init(isSecure: Bool) { self.isSecure = isSecure }

  /// Starts it on a free port; `stop` ends it.
  ///
  /// - Parameter certificate: for TLS; nil for plain HTTP.
  public static func start(certificate: TestCertificate? = nil) async throws -> CloudLab {
    let lab = CloudLab(isSecure: certificate != nil)
    let server = try await CloudServer.start(
      CloudServer.Handlers(
        answer: { [weak lab] request in await lab?.answer(request) },
        admits: { [weak lab] request in lab?.admitsToFeed(request) ?? false },
        serve: { [feed = lab.feed] channel in await feed.serve(channel) }),
      certificate: certificate)
    lab.server.withLock { $0 = server }
    return lab
  }

  public func stop() async {
    await server.withLock { $0 }?.stop()
  }

  /// Runs a body against a running lab.
  public static func withRunning<Value>(
    certificate: TestCertificate? = nil, _ body: (CloudLab) async throws -> Value
  ) async throws -> Value {
    let lab = try await start(certificate: certificate)
    do {
      let value = try await body(lab)
      await lab.stop()
      return value
    } catch {
      await lab.stop()
      throw error
    }
  }

  /// Scheme, host and port, without a slash at the end.
  public var origin: String {
    "\(isSecure ? "https" : "http")://127.0.0.1:\(server.withLock { $0?.port ?? 0 })"
  }

  /// The switches that last.
  public var behaviour: CloudBehaviour {
    get { state.withLock(\.behaviour) }
    set { state.withLock { $0.behaviour = newValue } }
  }

  /// Changes a switch.
  public func set<Value>(_ path: WritableKeyPath<CloudBehaviour, Value>, _ value: Value) {
    behaviour[keyPath: path] = value
  }

  /// Makes the next requests go wrong whose method and target begin with the text, such as
  /// `POST /api/assets/download`; an empty text means all. Faults come in the order of their making.
  public func inject(_ effect: CloudFault.Effect, on target: String, times: Int = 1) {
    state.withLock {
      $0.faults.append(CloudFault(target: target, effect: effect, times: times))
    }
  }

  /// Ends all faults.
  public func heal() { state.withLock { $0.faults = [] } }
}

/// What the lab holds.
struct CloudState {
  var behaviour = CloudBehaviour()
  var faults: [CloudFault] = []
  var requests: [CloudRequest] = []
  /// In the order they were made.
  var tasks: [CloudTask] = []
  var assets: [CloudAsset] = []
  var secrets: [CloudSecret] = []
  /// What `remote-metadata` says of a URL where the usual does not do.
  var metadata: [String: JSONValue] = [:]

  /// The effect on a request, taken from the first fault that is meant.
  mutating func takeFault(for request: CloudRequest) -> CloudFault.Effect? {
    let index = faults.firstIndex { $0.times > 0 && request.line.hasPrefix($0.target) }
    guard let index else { return nil }
    faults[index].times -= 1
    return faults[index].effect
  }
}

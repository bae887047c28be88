import ComfyAPI
import Synchronization

/// Which transfer fetches which content, so that several tasks of one content fetch it once: the others
/// find it stored when their turn comes. It is read and changed by anyone at any time.
final class ContentClaims: Sendable {
  private struct Claim {
    let contents: Set<String>
    /// What the file is called.
    let name: String
  }

  private let claims = Mutex<[String: Claim]>([:])

  /// Claims the content of a task for its transfer, unless that of another task has it.
  ///
  /// A task whose content nobody knows yet gets its claim, and asks again when it is known.
  ///
  /// - Returns: what the file of the other one is called; nil when the claim is the task's.
  func claim(_ task: TaskRecord) -> String? {
    let contents = task.contents
    return claims.withLock { claims in
      let other = claims.first {
        $0.key != task.id && !$0.value.contents.isDisjoint(with: contents)
      }
      if let other { return other.value.name }
      claims[task.id] = Claim(contents: contents, name: task.name)
      return nil
    }
  }

  /// The transfer has ended, or has found that another one was first.
  func end(_ id: String) { _ = claims.withLock { $0.removeValue(forKey: id) } }
}

extension TaskRecord {
  /// What its content is known by: what the source calls it, and its published hash.
  fileprivate var contents: Set<String> {
    Set([identity, published?.sha256?.lowercased()].compactMap(\.self))
  }
}

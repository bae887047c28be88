import ComfyAPI
import ComfyClient

/// Reads single tasks, a few at a time.
struct TaskReader: Sendable {
  /// Requests under way at one time.
  private static let width = 8

  struct Readings: Sendable {
    /// In the order they were asked for.
    var tasks: [TaskResponse] = []
    /// Tasks the backend does not have.
    var missing: [String] = []
    /// Tasks the backend would not or could not show.
    var unreadable: [String] = []
    /// Why no more were read: the backend is away, busy or wants another key.
    var failure: ClientError?
  }

  let client: ComfyClient

  func read(_ ids: [String]) async -> Readings {
    var answers: [String: Result<TaskResponse, ClientError>] = [:]
    var failure: ClientError?
    await withTaskGroup(of: (String, Result<TaskResponse, ClientError>).self) { group in
      var waiting = ids[...]
      var underWay = 0
      repeat {
        while underWay < Self.width, failure == nil, let id = waiting.popFirst() {
          group.addTask { (id, await read(id)) }
          underWay += 1
        }
        guard underWay > 0, let (id, answer) = await group.next() else { break }
        underWay -= 1
        answers[id] = answer
        if case .failure(let error) = answer, error.concernsTheBackend {
          failure = failure ?? error
        }
      } while true
    }
    return Self.sorted(answers, ids, failure)
  }

  private func read(_ id: String) async -> Result<TaskResponse, ClientError> {
    do throws(ClientError) {
      return .success(try await client.task(id))
    } catch {
      return .failure(error)
    }
  }

  private static func sorted(
    _ answers: [String: Result<TaskResponse, ClientError>], _ ids: [String],
    _ failure: ClientError?
  ) -> Readings {
    var readings = Readings(failure: failure)
    for id in ids {
      switch answers[id] {
      case .success(let task): readings.tasks.append(task)
      case .failure(let error) where error.kind == .notFound: readings.missing.append(id)
      case .failure(let error) where !error.concernsTheBackend: readings.unreadable.append(id)
      default: break
      }
    }
    return readings
  }
}

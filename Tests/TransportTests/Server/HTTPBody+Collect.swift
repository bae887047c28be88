import Transport

extension HTTPBody {
  /// Everything that arrived, and the error at its end. `onChunk` is called for each piece.
  func collect(
    onChunk: () -> Void = {}
  ) async -> (bytes: [UInt8], error: TransportError?) {
    var bytes: [UInt8] = []
    do throws(TransportError) {
      for try await chunk in self {
        bytes += chunk
        onChunk()
      }
      return (bytes, nil)
    } catch {
      return (bytes, error)
    }
  }
}

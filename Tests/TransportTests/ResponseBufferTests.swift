import Testing

@testable import Transport

@Suite("ResponseBuffer")
struct ResponseBufferTests {
  @Test("bytes are refused from the limit on, and asked for again at half of it")
  func pauseAndResume() {
    var buffer = ResponseBuffer(limit: 4 * 65536, chunkSize: 65536)
    let block = [UInt8](repeating: 1, count: 65536)
    let accepted = (0..<5).map { _ in buffer.offer(block) }
    #expect(accepted == [true, true, true, true, false])
    let resumes = (0..<4).map { _ in buffer.take()?.resumes }
    #expect(resumes == [false, true, false, false])
  }

  @Test("small pieces are joined and keep their order")
  func joinedPieces() {
    var buffer = ResponseBuffer()
    for value in 0..<200 { _ = buffer.offer([UInt8(value)]) }
    let chunk = buffer.take()?.chunk
    #expect(chunk == (0..<200).map { UInt8($0) })
    #expect(buffer.isEmpty)
  }
}

extension ResponseBuffer {
  fileprivate mutating func offer(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { offer($0) }
  }
}

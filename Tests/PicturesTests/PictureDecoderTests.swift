import Foundation
import HostileInput
import Interface
import Testing

@testable import Pictures

/// The real process: the program that was built together with this test.
@Suite("Decoding pictures")
struct PictureDecoderTests {
  init() { signal(SIGPIPE, SIG_IGN) }

  private let decoder = PictureDecoder(
    program: URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "winch").path(),
    arguments: ["decode-picture"])

  @Test("each pixel of a small picture comes as it is")
  func exact() async throws {
    let picture = try await decoder.picture(
      of: TestPictures.png([[255, 0, 0, 0, 255, 0], [0, 0, 255, 1, 2, 3]]))
    #expect(
      picture
        == Picture(width: 2, height: 2, bytes: [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3]))
  }

  @Test(
    "JPEG and WebP are read",
    arguments: [TestPictures.jpeg, TestPictures.webP, TestPictures.losslessWebP])
  func formats(file: [UInt8]) async throws {
    let picture = try await decoder.picture(of: file)
    #expect((picture.width, picture.height) == (8, 4))
  }

  @Test(
    "a large picture is made smaller, with its sides in proportion",
    arguments: [(512, 300, 256, 150), (300, 3000, 26, 256), (5000, 1, 256, 1)])
  func smaller(width: Int, height: Int, wide: Int, high: Int) async throws {
    let picture = try await decoder.picture(
      of: TestPictures.png(
        width: width, height: height, data: TestPictures.zeros((width * 3 + 1) * height)))
    #expect((picture.width, picture.height) == (wide, high))
  }

  @Test("25 million pixels of 64 bits, packed into a megabyte, are decoded within the limits")
  func bomb() async throws {
    let data = TestPictures.zeros((5000 * 8 + 1) * 5000)
    let picture = try await decoder.picture(
      of: TestPictures.png(width: 5000, height: 5000, bitDepth: 16, colorType: 6, data: data))
    #expect((picture.width, picture.height) == (256, 256))
  }

  @Test(
    "what cannot be shown is refused with a reason",
    arguments: [
      ([], PictureError.notAPicture), (Array("<html></html>".utf8), .notAPicture),
      (TestPictures.gif, .notAPicture),
      (TestPictures.png(width: 65535, height: 65535, data: []), .tooLarge),
      (TestPictures.png(width: 20000, height: 20000, data: TestPictures.zeros(1 << 20)), .tooLarge),
      (TestPictures.png(width: 100, height: 100, data: TestPictures.zeros(50)), .damaged),
      (TestPictures.png(width: 100, height: 100, data: [1, 2, 3]), .damaged),
      (TestPictures.png(width: 2, height: 2, bitDepth: 3, colorType: 9, data: []), .damaged),
      (Array(TestPictures.png([[1, 2, 3]]).dropLast(30)), .damaged),
      (TestPictures.jpegHeader(width: 10, height: 10), .damaged),
      (Array(TestPictures.webP.prefix(40)), .damaged),
      (Array(repeating: 0, count: PictureDecoder.mostBytes + 1), .tooLarge),
    ])
  func refused(file: [UInt8], reason: PictureError) async {
    await #expect(throws: reason) { try await decoder.picture(of: file) }
  }

  @Test("damaged files end in a picture or a reason, and the next one is decoded")
  func hostile() async throws {
    var random = HostileInput(seed: 5)
    let files = [
      TestPictures.png([[1, 2, 3]]), TestPictures.jpeg, TestPictures.webP,
      TestPictures.losslessWebP,
    ]
    for _ in 0..<40 { _ = try? await decoder.picture(of: random.mutate(files)) }
    let picture = try await decoder.picture(of: TestPictures.png([[1, 2, 3]]))
    #expect(picture == Picture(width: 1, height: 1, bytes: [1, 2, 3]))
  }

  @Test(
    "a process that is taken over, dies or answers nonsense gives no picture",
    arguments: [
      ("exit 0", PictureError.failed), ("cat", .failed), ("kill -SEGV $$", .failed),
      ("exit 1", .failed), ("yes", .failed), ("exit 41", .noLibrary),
      ("cat >&2; exit 44", .damaged),
      ("printf 'P6\\n1 1\\n255\\nabcd'", .failed), ("printf 'P6\\n300 1\\n255\\n'", .failed),
    ])
  func otherProcesses(script: String, reason: PictureError) async {
    let decoder = PictureDecoder(program: "/bin/sh", arguments: ["-c", script])
    await #expect(throws: reason) {
      try await decoder.picture(of: Array(repeating: 7, count: 1 << 20))
    }
  }

  @Test("a program that is not there gives no picture")
  func noProgram() async {
    let decoder = PictureDecoder(program: "/nonexistent", arguments: [])
    await #expect(throws: PictureError.failed) { try await decoder.picture(of: [1]) }
  }

  @Test("tokens do not reach the process")
  func environment() async throws {
    setenv("HF_TOKEN", "hf_secret", 1)
    defer { unsetenv("HF_TOKEN") }
    let script = "test -z \"$HF_TOKEN\" && exit 41"
    let decoder = PictureDecoder(program: "/bin/sh", arguments: ["-c", script])
    await #expect(throws: PictureError.noLibrary) { try await decoder.picture(of: [1]) }
  }

  @Test("a reason is a sentence for people", arguments: PictureError.allCases)
  func sentence(error: PictureError) {
    #expect(error.message.hasPrefix("not shown: "))
  }
}

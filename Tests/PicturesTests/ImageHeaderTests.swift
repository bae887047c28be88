import HostileInput
import Testing

@testable import Pictures

@Suite("What a picture file says of itself")
struct ImageHeaderTests {
  @Test(
    "format and extent are read without a decoder",
    arguments: [
      (TestPictures.png([[1, 2, 3, 4, 5, 6]]), ImageHeader.Format.png, 2, 1),
      (TestPictures.jpeg, .jpeg, 8, 4), (TestPictures.webP, .webP, 8, 4),
      (TestPictures.losslessWebP, .webP, 8, 4),
    ])
  func extent(file: [UInt8], format: ImageHeader.Format, width: Int, height: Int) throws {
    let header = try ImageHeader(file)
    #expect(header.format == format)
    #expect((header.width, header.height) == (width, height))
  }

  @Test(
    "what has more pixels than anybody can look at is refused",
    arguments: [
      TestPictures.png(width: 65535, height: 65535, data: []),
      TestPictures.png(width: Int(Int32.max), height: Int(Int32.max), data: []),
      TestPictures.png(width: 0xFFFF_FFFF, height: 1, data: []),
      TestPictures.jpegHeader(width: 65535, height: 65535),
    ])
  func tooLarge(file: [UInt8]) {
    #expect(throws: PictureError.tooLarge) { try ImageHeader(file) }
  }

  @Test(
    "other formats are none",
    arguments: [[], Array("hello".utf8), Array("<svg/>".utf8), TestPictures.gif, [0xFF, 0xD8]])
  func notAPicture(file: [UInt8]) {
    #expect(throws: PictureError.notAPicture) { try ImageHeader(file) }
  }

  @Test(
    "a file that ends before its extent, or has none, is damaged",
    arguments: [
      Array(TestPictures.png([[1, 2, 3]]).prefix(20)), Array(TestPictures.jpeg.prefix(100)),
      Array(TestPictures.webP.prefix(20)), TestPictures.png(width: 0, height: 5, data: []),
      TestPictures.jpegHeader(width: 0, height: 9),
    ])
  func damaged(file: [UInt8]) {
    #expect(throws: PictureError.damaged) { try ImageHeader(file) }
  }

  @Test("no bytes break it")
  func hostile() {
    var random = HostileInput(seed: 21)
    let files = [
      TestPictures.png([[1, 2, 3]]), TestPictures.jpeg, TestPictures.webP,
      TestPictures.losslessWebP, TestPictures.jpegHeader(width: 300, height: 200),
    ]
    for _ in 0..<HostileInput.count {
      guard let header = try? ImageHeader(random.mutate(files)) else { continue }
      #expect(header.width > 0 && header.height > 0)
      #expect(header.width * header.height <= ImageHeader.mostPixels)
    }
  }
}

@Suite("Pixels from the decoding process")
struct PixelMapTests {
  @Test("what is written is read again")
  func same() {
    let map = PixelMap(width: 2, height: 1, bytes: [10, 32, 53, 10, 10, 0])
    #expect(PixelMap(map.encoded) == map)
  }

  @Test(
    "everything else is nothing",
    arguments: [
      "", "P6\n", "P6\n1 1\n255\n", "P6\n1 1\n255\nab", "P6\n1 1\n255\nabcd", "P5\n1 1\n255\nabc",
      "P6\n-1 -1\n255\nabc", "P6\n0 0\n255\n", "P6\n1 1 1\n255\nabc", "P6\n1\n255\nabc",
      "P6\n9223372036854775807 9223372036854775807\n255\nabc", "P6\n1 1\n65535\nabc",
    ])
  func nothing(text: String) {
    #expect(PixelMap(Array(text.utf8)) == nil)
  }
}

import Foundation

/// Decodes pictures with libgd, which is looked for when the program runs: a machine without it shows
/// no pictures and lacks nothing else.
///
/// What it decodes may be made to break it, so it runs in a process of its own alone
/// (`DecodingProcess`).
struct GDLibrary {
  private typealias Decode =
    @convention(c) (Int32, UnsafeMutableRawPointer) -> OpaquePointer?
  private typealias Create = @convention(c) (Int32, Int32) -> OpaquePointer?
  private typealias Clip =
    @convention(c) (
      OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>
    ) -> Void
  private typealias Resample =
    @convention(c) (
      OpaquePointer, OpaquePointer, Int32, Int32, Int32, Int32, Int32, Int32, Int32, Int32
    ) -> Void
  private typealias Pixel = @convention(c) (OpaquePointer, Int32, Int32) -> Int32

  private let decodePNG: Decode
  private let decodeJPEG: Decode
  private let decodeWebP: Decode
  private let create: Create
  private let clip: Clip
  private let resample: Resample
  private let pixel: Pixel

  init() throws(PictureError) {
    guard let library = dlopen("libgd.so.3", RTLD_NOW) else { throw .noLibrary }
    func function<Function>(
      _ name: String, as type: Function.Type
    ) throws(PictureError) -> Function {
      guard let symbol = dlsym(library, name) else { throw .noLibrary }
      return unsafeBitCast(symbol, to: type)
    }
    decodePNG = try function("gdImageCreateFromPngPtr", as: Decode.self)
    decodeJPEG = try function("gdImageCreateFromJpegPtr", as: Decode.self)
    decodeWebP = try function("gdImageCreateFromWebpPtr", as: Decode.self)
    create = try function("gdImageCreateTrueColor", as: Create.self)
    clip = try function("gdImageGetClip", as: Clip.self)
    resample = try function("gdImageCopyResampled", as: Resample.self)
    pixel = try function("gdImageGetTrueColorPixel", as: Pixel.self)
  }

  /// The picture, made smaller where a side is longer than `mostSide` pixels; what is transparent
  /// becomes black. The memory is given back by the end of the process.
  func pixels(
    of file: [UInt8], _ header: ImageHeader, mostSide: Int
  ) throws(PictureError) -> PixelMap {
    guard let image = decoded(file, header.format) else { throw .damaged }
    let (width, height) = extent(of: image)
    guard width > 0, height > 0 else { throw .damaged }
    let scale = min(1, Double(mostSide) / Double(max(width, height)))
    func side(_ length: Int32) -> Int32 { max(1, Int32((Double(length) * scale).rounded())) }
    let (columns, rows) = (side(width), side(height))
    guard let small = create(columns, rows) else { throw .damaged }
    resample(small, image, 0, 0, 0, 0, columns, rows, width, height)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(columns) * Int(rows) * 3)
    for row in 0..<rows {
      for column in 0..<columns {
        let color = UInt32(bitPattern: pixel(small, column, row))
        bytes += [UInt8(color >> 16 & 0xFF), UInt8(color >> 8 & 0xFF), UInt8(color & 0xFF)]
      }
    }
    return PixelMap(width: Int(columns), height: Int(rows), bytes: bytes)
  }

  private func decoded(_ file: [UInt8], _ format: ImageHeader.Format) -> OpaquePointer? {
    let decode =
      switch format {
      case .png: decodePNG
      case .jpeg: decodeJPEG
      case .webP: decodeWebP
      }
    var file = file
    return file.withUnsafeMutableBytes { buffer in
      // A file without bytes has no header, and none gets here without one.
      buffer.baseAddress.flatMap { decode(Int32(buffer.count), $0) }
    }
  }

  /// Nothing has been clipped, so this is all of it.
  private func extent(of image: OpaquePointer) -> (width: Int32, height: Int32) {
    var (left, top, right, bottom): (Int32, Int32, Int32, Int32) = (0, 0, -1, -1)
    clip(image, &left, &top, &right, &bottom)
    return (right - left + 1, bottom - top + 1)
  }
}

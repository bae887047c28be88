import Foundation
import Interface

/// The process in which a picture is decoded: a file comes in on standard input, its pixels go out on
/// standard output, and nothing else can.
///
/// Before it looks at the file it gives up what it does not need: other descriptors and new ones, with
/// them files and the network, new processes, and more than some memory and a few seconds.
public enum DecodingProcess {
  /// Seconds of computing.
  private static let mostSeconds: UInt64 = 5
  /// Bytes beyond what is there before the file is looked at: the pixels several times over.
  private static let mostMemory: UInt64 = 512 << 20

  /// Does all of it and ends the process.
  public static func run() -> Never {
    do throws(PictureError) {
      let file = readAll()
      let library = try GDLibrary()
      try giveUp()
      let header = try ImageHeader(file)
      let pixels = try library.pixels(of: file, header, mostSide: Picture.mostSide)
      try write(pixels.encoded)
      exit(0)
    } catch {
      exit(error.rawValue)
    }
  }

  /// At most one byte more than a picture may have.
  private static func readAll() -> [UInt8] {
    var file: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while file.count <= PictureDecoder.mostBytes {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      guard count > 0 else { break }
      file += buffer[..<count]
    }
    return file
  }

  private static func write(_ bytes: [UInt8]) throws(PictureError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { throw .failed }
      rest = rest.dropFirst(count)
    }
  }

  private static func giveUp() throws(PictureError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for descriptor in names.compactMap({ Int32($0) }) where descriptor > STDERR_FILENO {
      close(descriptor)
    }
    let limits = [
      (RLIMIT_CPU, mostSeconds), (RLIMIT_AS, mappedBytes + mostMemory), (RLIMIT_CORE, 0),
      (RLIMIT_FSIZE, 0), (__RLIMIT_NPROC, 0), (RLIMIT_NOFILE, 0),
    ]
    for (resource, most) in limits {
      var limit = rlimit(rlim_cur: rlim_t(most), rlim_max: rlim_t(most))
      // Decoding without a limit is worse than no picture.
      guard setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { throw .failed }
    }
  }

  /// The address space in use (proc(5), `/proc/pid/statm`).
  private static var mappedBytes: UInt64 {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").first.flatMap { UInt64($0) } ?? 0
    return pages * UInt64(getpagesize())
  }
}

import Foundation
import Synchronization

/// Two network devices that this process joins: it holds packets back and loses some, for kernels that
/// have no netem.
///
/// The devices may be moved to other namespaces; they vanish when the process ends.
final class DelayLine: Sendable {
  /// Names of the two devices, as long as nobody renames them.
  let names: [String]
  private let devices: [Int32]
  private let isStopped = Atomic(false)

  init() throws {
    names = ["wb\(getpid())a", "wb\(getpid())b"]
    devices = try names.map(Self.makeDevice)
  }

  /// Begins to carry packets.
  ///
  /// - Parameters:
  ///   - delay: of a packet, in nanoseconds.
  ///   - loss: the part of packets that is lost, from 0 to 1.
  func begin(delay: UInt64, loss: Double) {
    for (from, to) in [(devices[0], devices[1]), (devices[1], devices[0])] {
      Thread.detachNewThread { [self] in
        var queue = DelayedPackets(delay: delay)
        while !isStopped.load(ordering: .relaxed) {
          queue.send(to: to)
          var wait = pollfd(fd: from, events: Int16(POLLIN), revents: 0)
          poll(&wait, 1, queue.milliseconds)
          if wait.revents != 0 { queue.receive(from: from, loss: loss) }
        }
      }
    }
  }

  /// Carries nothing any more. The devices stay until the process ends.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  private static func makeDevice(_ name: String) throws -> Int32 {
    let descriptor = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC)
    // `struct ifreq`: 16 bytes of name, then the flags IFF_TUN and IFF_NO_PI (netdevice(7)).
    var request = [UInt8](repeating: 0, count: 40)
    for (index, byte) in name.utf8.prefix(15).enumerated() { request[index] = byte }
    request[16] = 0x01
    request[17] = 0x10
    let attach: UInt = 0x4004_54ca  // TUNSETIFF
    guard descriptor >= 0, ioctl(descriptor, attach, &request) == 0 else {
      throw BenchmarkError(
        description: "No tun device could be had: \(String(cString: strerror(errno)))")
    }
    return descriptor
  }
}

/// Packets in the order in which they came, until each has waited long enough.
private struct DelayedPackets {
  private static let count = 20_000
  private static let length = 1600

  private let delay: UInt64
  private let bytes = UnsafeMutableRawBufferPointer.allocate(
    byteCount: count * length, alignment: 64)
  private var packets = [(due: UInt64, length: Int)](repeating: (0, 0), count: count)
  /// Numbers of packets since the beginning: the next to go, and the next to come.
  private var first = 0
  private var next = 0

  init(delay: UInt64) { self.delay = delay }

  /// How long `poll` may wait.
  var milliseconds: Int32 {
    guard first < next else { return 100 }
    let due = packets[first % Self.count].due
    let now = MonotonicTime.now
    return due <= now ? 0 : Int32((due - now + 999_999) / 1_000_000)
  }

  mutating func send(to device: Int32) {
    let now = MonotonicTime.now
    while first < next, packets[first % Self.count].due <= now {
      let place = first % Self.count
      _ = write(device, start(place), packets[place].length)
      first += 1
    }
  }

  /// Takes what has come, as far as there is room: a full queue drops packets, as a router's does.
  mutating func receive(from device: Int32, loss: Double) {
    for _ in 0..<64 {
      let place = next % Self.count
      guard next - first < Self.count else { return }
      let length = read(device, start(place), Self.length)
      guard length > 0 else { return }
      if Double.random(in: 0..<1) < loss { continue }
      packets[place] = (MonotonicTime.now + delay, length)
      next += 1
    }
  }

  private func start(_ place: Int) -> UnsafeMutableRawPointer? {
    bytes.baseAddress?.advanced(by: place * Self.length)
  }
}

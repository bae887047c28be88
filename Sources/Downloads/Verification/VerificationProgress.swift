/// How far reading files again has come.
public struct VerificationProgress: Sendable, Equatable {
  /// What is done to the files, such as `verifying`.
  public var verb: String
  public var files: Int
  public var filesTotal: Int
  public var bytes: Int64
  public var bytesTotal: Int64
  /// Nil while unknown.
  public var bytesPerSecond: Int64?

  public init(
    verb: String, files: Int = 0, filesTotal: Int, bytes: Int64 = 0, bytesTotal: Int64,
    bytesPerSecond: Int64? = nil
  ) {
    self.verb = verb
    self.files = files
    self.filesTotal = filesTotal
    self.bytes = bytes
    self.bytesTotal = bytesTotal
    self.bytesPerSecond = bytesPerSecond
  }

  /// From 0 to 1, and 1 only when all files are done.
  public var fraction: Double {
    guard files < filesTotal else { return 1 }
    guard bytesTotal > 0 else { return filesTotal > 0 ? Double(files) / Double(filesTotal) : 1 }
    return min(0.99, Double(bytes) / Double(bytesTotal))
  }

  /// `verifying  43%  12 of 28 files  1.2/2.8 GB  310 MB/s  5s left`
  public var text: String {
    ([verb, "\(Int(fraction * 100))%"] + figures).joined(separator: "  ")
  }

  /// The same with a bar, in at most so many columns; figures are left out before the bar is.
  public func bar(width: Int) -> String {
    let head = verb + " "
    let percent = "\(Int(fraction * 100))%"
    var tail = [percent] + figures
    func used() -> Int { head.count + tail.joined(separator: "  ").count + 2 }
    while tail.count > 1, width - used() < Self.narrowest { tail.removeLast() }
    let room = min(Self.widest, width - used() - 2)
    guard room > 0 else { return String((head + percent).prefix(max(0, width))) }
    let filled = Int(fraction * Double(room))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: room - filled)
    return head + "[" + bar + "]  " + tail.joined(separator: "  ")
  }

  private static let narrowest = 12
  private static let widest = 30

  private var figures: [String] {
    var figures = ["\(files) of \(filesTotal) file\(filesTotal == 1 ? "" : "s")"]
    figures.append(ByteCount.text(bytes, of: bytesTotal))
    if let bytesPerSecond, files < filesTotal {
      figures.append(ByteCount.speedText(bytesPerSecond))
      let left = max(0, bytesTotal - bytes)
      figures.append(DurationText.text(seconds: left / max(1, bytesPerSecond)) + " left")
    }
    return figures
  }
}

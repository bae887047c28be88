import ArgumentParser
import Pictures

/// The process in which the screen has pictures decoded; nobody calls it.
struct DecodePictureCommand: ParsableCommand {
  static let name = "decode-picture"

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Decodes a picture from standard input.", shouldDisplay: false)

  func run() { DecodingProcess.run() }
}

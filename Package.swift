// swift-tools-version: 6.1
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "winch",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "winch", targets: ["winch"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.36.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .target(name: "CTerminal", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
    .target(name: "CBlake3"),
    .target(name: "CPlatform"),

    .target(name: "ComfyAPI", swiftSettings: swiftSettings),
    .target(name: "Downloads", dependencies: ["ComfyAPI"], swiftSettings: swiftSettings),
    .target(name: "Transport", dependencies: ["CCurl"], swiftSettings: swiftSettings),
    .target(
      name: "ComfyClient",
      dependencies: [
        "ComfyAPI", "Transport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Model",
      dependencies: [
        "Downloads", "ComfyClient",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Origins", dependencies: ["Downloads", "Transport"], swiftSettings: swiftSettings),
    .target(
      name: "Engine",
      dependencies: [
        "Origins", "Downloads", "Transport", "CBlake3", "CPlatform",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "EngineServer",
      dependencies: [
        "Engine", "ComfyAPI",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      ],
      swiftSettings: swiftSettings),
    .target(name: "Interface", dependencies: ["Downloads"], swiftSettings: swiftSettings),
    .target(
      name: "Terminal", dependencies: ["Interface", "CTerminal"], swiftSettings: swiftSettings),
    .target(name: "Pictures", dependencies: ["Interface"], swiftSettings: swiftSettings),
    .executableTarget(
      name: "winch",
      dependencies: [
        "CPlatform", "ComfyAPI", "ComfyClient", "Downloads", "Engine", "EngineServer", "Interface",
        "Model", "Origins", "Pictures", "Terminal", "Transport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swiftSettings),

    .executableTarget(name: "Manual", swiftSettings: swiftSettings),

    .target(
      name: "OriginLab",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tests/OriginLab",
      swiftSettings: swiftSettings),
    .target(name: "HostileInput", path: "Tests/HostileInput", swiftSettings: swiftSettings),
    .target(name: "TestProcesses", path: "Tests/TestProcesses", swiftSettings: swiftSettings),
    .target(
      name: "TestTerminal", dependencies: ["OriginLab", "TestProcesses"],
      path: "Tests/TestTerminal", swiftSettings: swiftSettings),
    .target(
      name: "TestCertificates", path: "Tests/TestCertificates", swiftSettings: swiftSettings),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CBlake3", "ComfyAPI", "ComfyClient", "Downloads", "Engine", "EngineServer", "Model",
        "OriginLab", "Origins", "Transport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tests/Benchmarks",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "Tour", dependencies: ["OriginLab", "TestTerminal"], path: "Tests/Tour",
      swiftSettings: swiftSettings),
    .target(
      name: "CloudLab",
      dependencies: [
        "ComfyAPI", "TestCertificates",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
      ],
      path: "Tests/CloudLab",
      swiftSettings: swiftSettings),
    .testTarget(name: "CBlake3Tests", dependencies: ["CBlake3"], swiftSettings: swiftSettings),
    .testTarget(
      name: "ComfyAPITests", dependencies: ["ComfyAPI", "HostileInput"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "DownloadsTests", dependencies: ["Downloads", "HostileInput"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "TransportTests", dependencies: ["Transport", "CCurl", "OriginLab"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ComfyClientTests",
      dependencies: [
        "ComfyClient", "TestCertificates", .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ModelTests",
      dependencies: ["Model", "CloudLab", "TestCertificates"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "OriginsTests",
      dependencies: ["Origins", "HostileInput", "OriginLab", "TestProcesses"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "HostileInput", "OriginLab", "TestProcesses"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EngineServerTests",
      dependencies: [
        "EngineServer", "ComfyClient", "Engine", "Model", "OriginLab", "Origins",
        "TestCertificates", "Transport",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "InterfaceTests", dependencies: ["HostileInput", "Interface"],
      swiftSettings: swiftSettings),
    .testTarget(name: "ManualTests", dependencies: ["Manual"], swiftSettings: swiftSettings),
    .testTarget(
      name: "PicturesTests", dependencies: ["HostileInput", "Interface", "Pictures", "winch"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "TerminalTests", dependencies: ["HostileInput", "Terminal", "CTerminal"],
      swiftSettings: swiftSettings),
    .testTarget(name: "TourTests", dependencies: ["Tour"], swiftSettings: swiftSettings),
    .testTarget(
      name: "WinchTests",
      dependencies: [
        "winch", "CloudLab", "ComfyAPI", "ComfyClient", "Downloads", "HostileInput", "OriginLab",
        "TestCertificates", "TestProcesses", "TestTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swiftSettings),
  ]
)

// swift-tools-version: 6.1
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "winch",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "CBlake3"),

    .target(name: "ComfyAPI", swiftSettings: swiftSettings),
    .target(name: "Downloads", dependencies: ["ComfyAPI"], swiftSettings: swiftSettings),
    .testTarget(name: "CBlake3Tests", dependencies: ["CBlake3"], swiftSettings: swiftSettings),
    .testTarget(name: "ComfyAPITests", dependencies: ["ComfyAPI"], swiftSettings: swiftSettings),
    .testTarget(name: "DownloadsTests", dependencies: ["Downloads"], swiftSettings: swiftSettings),
  ]
)

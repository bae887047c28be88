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
    .target(name: "ComfyAPI", swiftSettings: swiftSettings),
    .target(name: "Downloads", dependencies: ["ComfyAPI"], swiftSettings: swiftSettings),
    .testTarget(name: "ComfyAPITests", dependencies: ["ComfyAPI"], swiftSettings: swiftSettings),
    .testTarget(name: "DownloadsTests", dependencies: ["Downloads"], swiftSettings: swiftSettings),
  ]
)

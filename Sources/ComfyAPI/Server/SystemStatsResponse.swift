/// What machine the server runs on. Fields that only a ComfyUI has are empty on an engine.
public struct SystemStatsResponse: Sendable, Equatable, Codable {
  public struct System: Sendable, Equatable, Codable {
    public var os: String
    public var pythonVersion: String
    public var embeddedPython: Bool
    public var comfyUIVersion: String
    public var pytorchVersion: String
    public var argv: [String]
    /// In bytes.
    public var ramTotal: Double
    /// In bytes.
    public var ramFree: Double

    public init(
      os: String, pythonVersion: String = "", embeddedPython: Bool = false,
      comfyUIVersion: String = "", pytorchVersion: String = "", argv: [String] = [],
      ramTotal: Double, ramFree: Double
    ) {
      self.os = os
      self.pythonVersion = pythonVersion
      self.embeddedPython = embeddedPython
      self.comfyUIVersion = comfyUIVersion
      self.pytorchVersion = pytorchVersion
      self.argv = argv
      self.ramTotal = ramTotal
      self.ramFree = ramFree
    }

    private enum CodingKeys: String, CodingKey {
      case os, argv
      case pythonVersion = "python_version"
      case embeddedPython = "embedded_python"
      case comfyUIVersion = "comfyui_version"
      case pytorchVersion = "pytorch_version"
      case ramTotal = "ram_total"
      case ramFree = "ram_free"
    }
  }

  public struct Device: Sendable, Equatable, Codable {
    public var name: String
    public var type: String

    public init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  public var system: System
  public var devices: [Device]

  public init(system: System, devices: [Device] = []) {
    self.system = system
    self.devices = devices
  }
}

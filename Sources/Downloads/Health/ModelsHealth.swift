/// Where models are kept on this machine.
public struct ModelsHealth: Sendable, Equatable {
  public var root: String
  /// Whether the folder is there; else it is made at the first download.
  public var exists: Bool
  public var isWritable: Bool
  /// Why not, in the system's words.
  public var refusal: String?
  /// Such as `ext4` or `nfs4`; nil where the system does not tell.
  public var filesystem: String?
  /// Bytes; nil where the system does not tell.
  public var freeBytes: Int64?
  /// Whether a file can have two names; nil where that was not tried.
  public var hasHardLinks: Bool?
  /// For what on that disk the running engine lets downloads wait; nil where it does not.
  public var diskWait: String?
  /// The folder that the settings name where the running engine works on another.
  public var chosen: String?

  public init(
    root: String, exists: Bool, isWritable: Bool, refusal: String? = nil,
    filesystem: String? = nil, freeBytes: Int64? = nil, hasHardLinks: Bool? = nil,
    diskWait: String? = nil, chosen: String? = nil
  ) {
    self.root = root
    self.exists = exists
    self.isWritable = isWritable
    self.refusal = refusal
    self.filesystem = filesystem
    self.freeBytes = freeBytes
    self.hasHardLinks = hasHardLinks
    self.diskWait = diskWait
    self.chosen = chosen
  }

  public var checks: [HealthCheck] { [rootCheck, filesystemCheck, spaceCheck, linkCheck] }

  /// What the engine leaves free, below which no transfer goes on.
  private static let reserve: Int64 = 256 << 20
  /// Less than one usual checkpoint.
  private static let little: Int64 = 10_000_000_000

  private var rootCheck: HealthCheck {
    if let diskWait {
      return HealthCheck(
        "models", .failed, diskWait,
        remedy: exists
          ? "Mount the disk where it is not, or free some space; downloads go on by themselves."
          : FailureWords.entries["MODELS_FOLDER_GONE"]?.hint)
    }
    guard isWritable else {
      return HealthCheck(
        "models", .failed,
        "\(root) cannot be \(exists ? "written" : "made")\(refusal.map { ": \($0)" } ?? "").",
        remedy: "Give yourself the right to write there, or set another folder with WINCH_MODELS.")
    }
    if let chosen {
      return HealthCheck(
        "models", .warning, "The engine works on \(root), these settings name \(chosen).",
        remedy: "winch stop ends it, and the next one takes \(chosen).")
    }
    guard exists else {
      return HealthCheck("models", .ok, "\(root), which the first download makes")
    }
    return HealthCheck("models", .ok, root)
  }

  private var filesystemCheck: HealthCheck {
    guard let filesystem else {
      return HealthCheck("filesystem", .skipped, "The system does not tell which it is.")
    }
    switch filesystem {
    case "vfat", "msdos":
      return HealthCheck(
        "filesystem", .failed, "\(filesystem) takes no file of 4 GiB or more.",
        remedy: "Keep models on another filesystem, such as ext4.")
    case "tmpfs", "ramfs":
      return HealthCheck(
        "filesystem", .warning,
        "\(filesystem) is memory: models are gone when the machine starts"
          + " anew.", remedy: "Keep models on a disk.")
    case let name where Self.isRemote(name):
      return HealthCheck(
        "filesystem", .warning, "\(name) is elsewhere: as fast and as safe as the line to it.",
        remedy: "A disk of this machine is better for downloads.")
    default: return HealthCheck("filesystem", .ok, filesystem)
    }
  }

  private static func isRemote(_ name: String) -> Bool {
    ["nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "glusterfs", "lustre", "afs"].contains(name)
      || name.hasPrefix("fuse.")
        && ["sshfs", "s3fs", "rclone", "gcsfuse"].contains {
          name.hasSuffix($0)
        }
  }

  private var spaceCheck: HealthCheck {
    guard let freeBytes else {
      return HealthCheck("space", .skipped, "The system does not tell how much is free.")
    }
    let text = ByteCount.text(freeBytes) + " free"
    guard freeBytes >= Self.reserve else {
      return HealthCheck(
        "space", .failed, text + ": downloads wait until there is more.",
        remedy: "Remove what you do not need; the library of the screen sorts by size.")
    }
    guard freeBytes >= Self.little else {
      return HealthCheck(
        "space", .warning, text + ", less than one large model needs.",
        remedy: "The library of the screen sorts by size.")
    }
    return HealthCheck("space", .ok, text)
  }

  private var linkCheck: HealthCheck {
    switch hasHardLinks {
    case nil: HealthCheck("links", .skipped, "Not tried, because nothing can be written there.")
    case true?: HealthCheck("links", .ok, "a model in two folders is stored once")
    case false?:
      HealthCheck(
        "links", .warning, "A file cannot have two names here, so symbolic links stand in.",
        remedy: "Deleting the first name of a model then takes away the others.")
    }
  }
}

/// Links of content hosts, which people copy from a browser's downloads: they are signed for a short
/// time and do not say what file they are.
enum SignedLink {
  static func matches(_ url: HTTPURL) -> Bool {
    hosts.contains { url.host == $0 || url.host.hasSuffix("." + $0) }
  }

  private static let hosts = [
    "xethub.hf.co", "cdn.hf.co", "cdn-lfs.huggingface.co", "cdn-lfs-us-1.huggingface.co",
    "cdn-lfs-us-1.hf.co", "cdn-lfs-eu-1.hf.co", "r2.cloudflarestorage.com", "b2.civitai.com",
  ]

  static let failure = DownloadFailure(
    code: "UNSUPPORTED_SOURCE",
    message: "This link was made for one download and soon expires.",
    hint: "Paste the link of the model's page or of its download button instead.")
}

import Downloads

extension OriginResolver {
  /// What the source says of the model that a file belongs to, from one small request; nil when it
  /// says nothing.
  public func facts(of reference: ModelReference) async -> SourceFacts? {
    switch reference {
    case .huggingFace(let file):
      await HuggingFaceInfo(resolver: self, repository: file.repository).facts()
    case .civitai(let file):
      try? await CivitaiListing(resolver: self).version(of: file).facts
    }
  }
}

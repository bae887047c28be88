import Downloads

extension OriginResolver {
  /// Lists the files behind a link: those of a repository, of a model's newest version, or the file
  /// itself with its siblings in the version.
  public func listing(of reference: PastedReference) async throws(OriginError) -> FileListing {
    switch reference {
    case .repository(let tree):
      return try await HuggingFaceListing(resolver: self, tree: tree).run()
    case .civitaiModel(let model):
      return try await CivitaiListing(resolver: self).newestVersion(of: model)
    case .file(.civitai(let file)):
      return try await CivitaiListing(resolver: self).version(of: file)
    case .file(.huggingFace(let file)):
      return try await HuggingFaceListing.single(file, resolver: self)
    }
  }
}

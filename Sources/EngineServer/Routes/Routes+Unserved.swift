import Hummingbird

extension Routes {
  /// The paths of the contract that make no sense here. Some of them would be taken for ids.
  func addUnserved(to router: Router<BasicRequestContext>) {
    let noScan = "An engine knows its files without a scan."
    for path in ["/api/assets/seed", "/api/assets/seed/status", "/api/assets/prune"] {
      router.unserved(RouterPath(path), because: noScan)
    }
    let noPictures = "An engine has no pictures of models, and no outputs."
    router.unserved("/api/view", because: noPictures)
    router.unserved(
      "/api/experiment/models/preview/:folder/:path_index/:filename", because: noPictures)
    router.unserved(
      "/internal/folder_paths", because: "/api/experiment/models tells where the folders are.")
  }
}

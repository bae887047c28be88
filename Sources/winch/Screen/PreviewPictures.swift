import ComfyClient
import Downloads
import Foundation
import Interface
import Origins
import Pictures

/// Gets the picture that shows what a model makes: the one that the backend keeps with it, else the
/// source's.
struct PreviewPictures: Sendable {
  private let client: ComfyClient
  private let resolver: OriginResolver
  private let hosts: SourceHosts
  private let decoder = PictureDecoder(
    program: EngineLauncher.executable, arguments: [DecodePictureCommand.name])

  init(_ workspace: Workspace, resolver: OriginResolver) {
    client = workspace.client
    hosts = workspace.hosts
    self.resolver = resolver
  }

  func preview(of download: Download) async -> Preview {
    do throws(OriginError) {
      guard let file = try await file(of: download) else { return .nothing(nil) }
      return await decoded(file)
    } catch {
      let reason = "not shown: " + PlainText.sanitized(error.failure.message)
      return switch error.advice {
      case .giveUp, .needsUser: .nothing(reason)
      case .retry, .resolveAgain: .failed(reason)
      }
    }
  }

  private func decoded(_ file: [UInt8]) async -> Preview {
    do throws(PictureError) {
      return .picture(try await decoder.picture(of: file))
    } catch {
      return .nothing(error.message)
    }
  }

  /// Nil where there is no source to ask: a download that others began may have no link.
  private func file(of download: Download) async throws(OriginError) -> [UInt8]? {
    let limit = PictureDecoder.mostBytes
    if let id = await assetOfPicture(download),
      let file = try? await client.content(of: id, limit: limit)
    {
      return file
    }
    guard !download.url.isEmpty else { return nil }
    let reference: ModelReference
    do {
      reference = try ModelReference(stored: download.url, hosts: hosts)
    } catch {
      throw OriginError(failure: error, advice: .giveUp)
    }
    return try await resolver.picture(of: reference, limit: limit)
  }

  /// The asset that is the picture; nil where the backend has none.
  private func assetOfPicture(_ download: Download) async -> String? {
    if let id = download.previewID { return id }
    guard let id = download.assetID else { return nil }
    return try? await client.asset(id).previewID
  }
}

import ComfyAPI
import Downloads
import Foundation
import Origins
import Testing

@testable import Engine

@Suite("A look at a link")
struct RemoteMetadataTests {
  private func look(_ change: (inout ScriptedFile) -> Void) async throws -> AssetMetadataResponse {
    let bench = try Bench()
    var file = ScriptedFile(size: 1000)
    change(&file)
    bench.source.offer(file, at: Bench.url)
    return try await bench.withEngine { engine in
      try await engine.remoteMetadata(url: Bench.url)
    }
  }

  private func codes(_ metadata: AssetMetadataResponse) -> [String] {
    (metadata.validation?.errors ?? []).map(\.code)
  }

  @Test("tells name, size and the folder that the header tells of")
  func good() async throws {
    let metadata = try await look {
      $0.header = ModelHeader(
        folder: FolderSuggestion("loras", because: "its header says so"))
    }
    #expect(metadata.contentLength == 1000)
    #expect(metadata.filename == "model.safetensors")
    #expect(metadata.tags == ["models", "loras"])
    #expect(metadata.validation?.isValid == true)
  }

  @Test(
    "tells what speaks against a file in the contract's codes",
    arguments: [
      "FORMAT_NOT_ALLOWED", "UNSAFE_PICKLE_SCAN", "UNSAFE_VIRUS_SCAN", "MODEL_TYPE_NOT_SUPPORTED",
    ])
  func bad(code: String) async throws {
    let metadata = try await look { file in
      switch code {
      case "FORMAT_NOT_ALLOWED":
        file.headerError = OriginError(
          failure: DownloadFailure(code: code, message: "It is a web page."), advice: .giveUp)
      case "MODEL_TYPE_NOT_SUPPORTED": file.metadata["model_type"] = "Workflows"
      default: file.warnings = [DownloadFailure(code: code, message: "Found.")]
      }
    }
    #expect(metadata.validation?.isValid == false)
    #expect(codes(metadata) == [code])
  }

  @Test("tells of a file that is larger than the disk")
  func tooLarge() async throws {
    let metadata = try await look { $0.announcedSize = 1 << 60 }
    #expect(codes(metadata) == ["FILE_TOO_LARGE"])
  }

  @Test("a source that cannot be asked for the header says nothing against the file")
  func headerUnknown() async throws {
    let metadata = try await look {
      $0.headerError = .refusal("NETWORK_ERROR", .retry(after: nil))
    }
    #expect(metadata.validation?.isValid == true)
  }
}

import ComfyAPI
import Foundation
import Testing

@Suite("Asset")
struct AssetTests {
  private let hash = "blake3:" + String(repeating: "ab", count: 32)

  private func decode(_ fields: String) throws -> Asset {
    try WireFormat.decode(
      Asset.self,
      from: """
        {"id": "a1", "name": "m.safetensors", "created_at": "2026-08-21T09:30:00Z",
         "updated_at": "2026-08-21T09:30:00.250Z"\(fields)}
        """.utf8)
  }

  @Test("the older name of the hash is read")
  func olderHash() throws {
    #expect(try decode(#", "asset_hash": "\#(hash)", "size": 5"#).hash == hash)
  }

  @Test("the newer name of the hash wins over the older")
  func newerHash() throws {
    #expect(try decode(#", "asset_hash": "old", "hash": "\#(hash)""#).hash == hash)
  }

  @Test("missing optional fields are no error")
  func missingOptionals() throws {
    let asset = try decode("")
    #expect(asset.size == nil)
    #expect(asset.tags == [])
    #expect(asset.hash == nil)
  }

  @Test("unknown fields are ignored")
  func unknownFields() throws {
    #expect(try decode(#", "shiny": {"deep": [1]}"#).name == "m.safetensors")
  }

  @Test("a wrong type names the field")
  func wrongType() {
    #expect(
      throws: WireError(field: "size", message: "'size' should be an integer.")
    ) { try decode(#", "size": "big""#) }
  }

  @Test("a wrong type inside a list names the place")
  func wrongTypeInList() {
    #expect {
      try decode(#", "tags": ["models", 7]"#)
    } throws: {
      ($0 as? WireError)?.field == "tags[1]"
    }
  }

  @Test("both names of the hash are written")
  func writesBothNames() throws {
    var asset = try decode("")
    asset.hash = hash
    let text = try WireFormat.encodeText(asset)
    #expect(text.contains(#""hash":"\#(hash)""#))
    #expect(text.contains(#""asset_hash":"\#(hash)""#))
  }

  @Test("an asset that was created comes back as it was sent")
  func createdRoundTrip() throws {
    let created = AssetCreated(asset: try decode(#", "size": 9"#), createdNew: true)
    let text = try WireFormat.encodeText(created)
    #expect(try WireFormat.decode(AssetCreated.self, from: text.utf8) == created)
    #expect(text.contains(#""created_new":true"#))
  }
}

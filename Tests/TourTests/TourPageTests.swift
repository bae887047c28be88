import Testing

@testable import Tour

@Suite("The tour's page")
struct TourPageTests {
  @Test("ids and times are the same in every run, and as wide as they were")
  func fixedWords() {
    let line = "Id  0b5e2f4a-1c2d-4e5f-8a9b-0c1d2e3f4a5b  Queued  2025-06-15 15:06:40 UTC"
    let fixed = FixedWords.applied(to: line)
    #expect(
      fixed == "Id  00000000-0000-4000-8000-000000000000  Queued  2026-08-01 12:00:00 UTC")
  }

  @Test("the disk's free space is the same in every run, and the line as long")
  func freeSpace() {
    #expect(
      FixedWords.applied(to: "Winch     68 GB free\nb") == "Winch    100 GB free\nb")
    #expect(FixedWords.applied(to: "Winch    1.4 TB free") == "Winch    100 GB free")
  }

  @Test("so is the space that the queue leaves")
  func spaceForQueue() {
    #expect(
      FixedWords.applied(to: "Add     2 files, 26 MB of the 1.2 TB that the queue leaves")
        == "Add      2 files, 26 MB of the 99 GB that the queue leaves")
  }

  @Test("blank lines in the middle of a screen are shown as one, those at its end not at all")
  func blankLines() {
    #expect(TourPage.trimmed("a  \n\n\n\nb\n\n") == "a\n\nb")
  }

  @Test("a step has its words and then its screen")
  func step() {
    var page = TourPage(introduction: "# A tour")
    page.addChapter("Add")
    page.addStep("`a` opens.", screen: "Add\n\n")
    page.addStep("`q` closes.", screen: nil)
    #expect(
      page.markdown == """
        # A tour

        ## Add

        `a` opens.

        ```text
        Add
        ```

        `q` closes.

        """)
  }
}

import Testing

@testable import Tour

@Suite("Figures that move")
struct MovingFiguresTests {
  @Test("speeds, times, bars and graphs do not tell two pages apart")
  func figures() {
    let one = """
      Winch  ● local     2 active  6 done  ▇█▅  5.7 MB/s  >27s left  148 MB to come 100 GB free
        base.safetensors    160 MB ████████▏·  80% 4.0 MB/s     8s ↓ running
      Map   ████▶····▶··     Speed  ⡇⣿
      """
    let other = """
      Winch  ● local         2 active  6 done  5.7 kB/s  1m02s left  1.4 GB to come 100 GB free
        base.safetensors    160 MB ··········   0%        –      – ↓ running
      Map   █████▶·····▶     Speed  ⣿
      """
    #expect(MovingFigures.areAll(between: one, and: other))
  }

  @Test(
    "what is counted, and what is said, does",
    arguments: ["3 active  aurora ↓ running", "2 active  aurora ✓ completed", "2 active  nova"])
  func words(other: String) {
    #expect(!MovingFigures.areAll(between: "2 active  aurora ↓ running", and: other))
  }
}

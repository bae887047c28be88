/// What the keys go to.
enum Level: Sendable, Hashable, CaseIterable {
  case table, filter, detail, input, help
}

/// Changes of the configuration while the engine runs.
extension Engine {
  /// Takes over how much goes on at one time, the schedule of limits, the order by size, the places
  /// besides the models root and whether models get pictures; all else stays. What is under way keeps its connections, and goes on where fewer are to be at one time.
  public func adopt(_ new: EngineConfiguration) async {
    configuration.simultaneousDownloads = new.simultaneousDownloads
    configuration.connections = new.connections
    configuration.limitSchedule = new.limitSchedule
    configuration.smallFilesFirst = new.smallFilesFirst
    configuration.previews = new.previews
    configuration.places = new.places
    if places.take(new.places) { await index.scan() }
    applyLimit()
    await orderQueue()
    wakeQueue()
  }
}

import Downloads

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
    await adopt(places: new.places)
    applyLimit()
    await orderQueue()
    wakeQueue()
  }

  /// Takes over the places besides the models root in which content is looked for.
  public func adopt(places new: [ModelsPlace]) async {
    configuration.places = new
    if places.take(new) { await index.scan() }
  }
}

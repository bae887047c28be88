/// Changes of the configuration while the engine runs.
extension Engine {
  /// Takes over how much goes on at one time, the schedule of limits and the order by size; all else
  /// stays. What is under way keeps its connections, and goes on where fewer are to be at one time.
  public func adopt(_ new: EngineConfiguration) async {
    configuration.simultaneousDownloads = new.simultaneousDownloads
    configuration.connections = new.connections
    configuration.limitSchedule = new.limitSchedule
    configuration.smallFilesFirst = new.smallFilesFirst
    applyLimit()
    await orderQueue()
    wakeQueue()
  }
}

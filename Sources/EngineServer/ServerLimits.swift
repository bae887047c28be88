/// How much a server takes on at one time, and how long it waits for its clients.
struct ServerLimits: Sendable {
  /// Clients that are connected at once; further ones wait to be accepted.
  var connections = 384
  /// Of these, clients of `/ws`. The others are left for requests.
  var feedClients = 256
  /// Time for the first request to arrive, the handshake of TLS included.
  var handshakeTimeout = Duration.seconds(15)
  /// Time after which a connection without requests is closed.
  var idleTimeout = Duration.seconds(120)
  /// Time after which a silent client of `/ws` is asked whether it is there, and after as long
  /// again given up.
  var feedPatience = Duration.seconds(30)
  /// Time between two looks at whether the socket file is still there.
  var socketPatience = Duration.seconds(2)
}

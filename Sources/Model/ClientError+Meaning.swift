import ComfyClient

/// What an error of the client means for what was asked.
extension ClientError {
  /// True when the key, the account or the backend's address is the matter: every download would be
  /// refused alike, and none of them is at fault.
  var concernsTheAccess: Bool {
    switch kind {
    case .unauthorized, .refused(status: 402): true
    case .refused(let status) where (300..<400).contains(status): true
    case .forbidden, .refused(status: 400): Self.accountCodes.contains(code)
    default: false
    }
  }

  private static let accountCodes: Set<String> = [
    "workspace_access_denied", "no_workspace_access", "workspace_id_invalid", "sso_required",
    "auth_type_not_allowed",
  ]

  /// True when asking for something else would fail as well. A plain 500 may concern the one thing
  /// that was asked for.
  var concernsTheBackend: Bool {
    if case .serverFault(status: 500, _) = kind { return false }
    return isRetriable || concernsTheAccess
  }

  /// Whether the backend may have done what was asked although it did not say so.
  var leavesDoubt: Bool {
    switch kind {
    case .unreachable: !wasNeverSent
    // RFC 9110, section 15.6.4: a 503 says that the request was not handled.
    case .serverFault(let status, _): status != 503
    case .malformed, .cancelled: true
    default: false
    }
  }

  /// Seconds that a busy backend asked to wait.
  var wishedPause: Double? {
    switch kind {
    case .rateLimited(let seconds): seconds ?? 0
    case .serverFault(_, let seconds): seconds
    default: nil
    }
  }
}

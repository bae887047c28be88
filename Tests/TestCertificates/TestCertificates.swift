/// Certificates for servers of tests on loopback, valid until 2126.
///
/// Nobody trusts their authority but a test that says so, and its key was thrown away.
public enum TestCertificates {
  /// The authority that signed the others, as PEM.
  public static let authority = """
    -----BEGIN CERTIFICATE-----
    MIIBpDCCAUugAwIBAgIUfHFwgWpT6PKQU5fz4d8pRp/2ju8wCgYIKoZIzj0EAwIw
    HzEdMBsGA1UEAwwUV2luY2ggdGVzdCBhdXRob3JpdHkwIBcNMjYxMTI1MDEyMjQ2
    WhgPMjEyNjExMDEwMTIyNDZaMB8xHTAbBgNVBAMMFFdpbmNoIHRlc3QgYXV0aG9y
    aXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElsqyWoHHP/dkMvx2/aIdxOKs
    4edue233wxkWzeaHPi8KfyI+GRXPS6lFCAmXKysxV0pCRtHjatfVOIYcOz/WyqNj
    MGEwHQYDVR0OBBYEFNT1N2mMv2xZ/3P/Qm2OD1JBZSINMB8GA1UdIwQYMBaAFNT1
    N2mMv2xZ/3P/Qm2OD1JBZSINMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQD
    AgEGMAoGCCqGSM49BAMCA0cAMEQCIH68Lvw9JPMtVQgkxmwuq98pd1qAj3+h5a6V
    ir9tziSYAiA6JdzFXZO3Ba5oL9sHfMYiE5jMUA/IR8RQqrGSNEoa9w==
    -----END CERTIFICATE-----
    """

  /// For `localhost`, `127.0.0.1` and `::1`.
  public static let loopback = TestCertificate(
    certificate: """
      -----BEGIN CERTIFICATE-----
      MIIB3DCCAYGgAwIBAgIUJeVD4peUdFdgEgDZKIedHizGleMwCgYIKoZIzj0EAwIw
      HzEdMBsGA1UEAwwUV2luY2ggdGVzdCBhdXRob3JpdHkwIBcNMjYxMTI1MDEyMjQ2
      WhgPMjEyNjExMDEwMTIyNDZaMBMxETAPBgNVBAMMCGxvb3BiYWNrMFkwEwYHKoZI
      zj0CAQYIKoZIzj0DAQcDQgAEzWkwQgR3Hg2jliZKy8OzjVRsA32soaW0MKaNdJNb
      B6wq2Jm248BWO1qulejPJJIFxhwc9KJYMadVSheOWeaAQqOBpDCBoTAMBgNVHRMB
      Af8EAjAAMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcDATAsBgNV
      HREEJTAjgglsb2NhbGhvc3SHBH8AAAGHEAAAAAAAAAAAAAAAAAAAAAEwHQYDVR0O
      BBYEFD7sb1OU/JBEgA7cxR0hktGKwtsOMB8GA1UdIwQYMBaAFNT1N2mMv2xZ/3P/
      Qm2OD1JBZSINMAoGCCqGSM49BAMCA0kAMEYCIQCAehJ6U7mggHHM/MeCfHxlxBbd
      BzGLyiHyE2gpBUmXnQIhAO4QPzwn8GtNIp82CztrSBDZGrMhSnedvC7Lxv9zBJ8l
      -----END CERTIFICATE-----
      """,
    privateKey: """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEZgl+ZroJ7ACD0sL
      Rrb+xxBMRLA2Q6gLqc21AD3fgtGhRANCAATNaTBCBHceDaOWJkrLw7ONVGwDfayh
      pbQwpo10k1sHrCrYmbbjwFY7Wq6V6M8kkgXGHBz0olgxp1VKF45Z5oBC
      -----END PRIVATE KEY-----
      """)

  /// For `elsewhere.test` alone: right authority, wrong host.
  public static let elsewhere = TestCertificate(
    certificate: """
      -----BEGIN CERTIFICATE-----
      MIIByTCCAW+gAwIBAgIUJeVD4peUdFdgEgDZKIedHizGleQwCgYIKoZIzj0EAwIw
      HzEdMBsGA1UEAwwUV2luY2ggdGVzdCBhdXRob3JpdHkwIBcNMjYxMTI1MDEyMjQ2
      WhgPMjEyNjExMDEwMTIyNDZaMBQxEjAQBgNVBAMMCWVsc2V3aGVyZTBZMBMGByqG
      SM49AgEGCCqGSM49AwEHA0IABJ1fMk/ZfD+ZY1hhcM5/UhDeS6/jSr2R5RCO49nW
      Dj1G8c7nUhoW8jiYt5seRoRnLpeuisz7lq7nm83Hov97U7ejgZEwgY4wDAYDVR0T
      AQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYIKwYBBQUHAwEwGQYD
      VR0RBBIwEIIOZWxzZXdoZXJlLnRlc3QwHQYDVR0OBBYEFOY6nflMItpNR28fh6uO
      3yFV7pklMB8GA1UdIwQYMBaAFNT1N2mMv2xZ/3P/Qm2OD1JBZSINMAoGCCqGSM49
      BAMCA0gAMEUCIQD7hB19lF98UtlMNeix3Qbm1rG+1UOLlVoQvJkO2QzPEgIgA+iK
      6FBFKfqWoftuZvmTGF6IKMQUqJEOYckywan4OEU=
      -----END CERTIFICATE-----
      """,
    privateKey: """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcIzUhIdOps0CEnLr
      JaD6rTMqiD3Ks80CwWDKedIG5+KhRANCAASdXzJP2Xw/mWNYYXDOf1IQ3kuv40q9
      keUQjuPZ1g49RvHO51IaFvI4mLebHkaEZy6XrorM+5au55vNx6L/e1O3
      -----END PRIVATE KEY-----
      """)
}

/// A server's certificate and its key, as PEM.
public struct TestCertificate: Sendable {
  public let certificate: String
  public let privateKey: String
}

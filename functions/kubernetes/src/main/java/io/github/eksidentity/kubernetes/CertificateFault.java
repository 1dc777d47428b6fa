package io.github.eksidentity.kubernetes;

import java.time.Instant;
import java.util.List;

/// Why the certificate that a server shows is not taken for the cluster's.
sealed interface CertificateFault {
  /// None of the trusted authorities signed it.
  record NotTrusted() implements CertificateFault {}

  /// It is for other hosts.
  ///
  /// @param expected the host that was called, or `tls-server-name` of a kubeconfig
  /// @param names the first few of the hosts and addresses that it is for; only such that are safe
  /// to print
  record WrongName(String expected, List<String> names) implements CertificateFault {
    public WrongName {
      names = List.copyOf(names);
    }
  }

  /// It is no longer valid.
  record Expired(Instant end) implements CertificateFault {}

  /// It is not valid yet.
  record NotYetValid(Instant begin) implements CertificateFault {}
}

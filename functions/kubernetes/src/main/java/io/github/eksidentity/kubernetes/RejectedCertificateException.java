package io.github.eksidentity.kubernetes;

import java.security.cert.CertificateException;

/// Carries out of a TLS handshake why it was ended.
final class RejectedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final transient CertificateFault fault;

  RejectedCertificateException(CertificateFault fault, CertificateException cause) {
    super(fault.toString(), cause);
    this.fault = fault;
  }

  CertificateFault fault() {
    return fault;
  }
}

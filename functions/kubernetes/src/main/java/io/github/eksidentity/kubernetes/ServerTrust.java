package io.github.eksidentity.kubernetes;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toSet;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Decides as the Java platform does whether a certificate is the server's, but in two steps, who
/// signed it and whom it is for, so that the two refusals can be told apart.
final class ServerTrust extends X509ExtendedTrustManager {
  private static final int MOST_NAMES = 4;
  private static final int DNS = 2;
  private static final int ADDRESS = 7;
  private static final Predicate<String> PRINTABLE =
      Pattern.compile("[A-Za-z0-9.*:_-]{1,253}").asMatchPredicate();

  private final X509ExtendedTrustManager platform;

  ServerTrust(X509ExtendedTrustManager platform) {
    this.platform = platform;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String method, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, method);
    try {
      platform.checkServerTrusted(chain, method, engine);
    } catch (CertificateException e) {
      throw new RejectedCertificateException(
          isOfThePath(e)
              ? new CertificateFault.NotTrusted()
              : new CertificateFault.WrongName(
                  engine.getHandshakeSession().getPeerHost(), names(chain[0])),
          e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String method)
      throws CertificateException {
    try {
      platform.checkServerTrusted(chain, method);
      // the platform does not look at the time of a certificate that is trusted itself
      chain[0].checkValidity();
    } catch (CertificateException e) {
      throw new RejectedCertificateException(timeOf(e, chain), e);
    }
  }

  /// A certificate that nobody trusts is not told as an expired one.
  private CertificateFault timeOf(CertificateException e, X509Certificate[] chain) {
    boolean expired = causes(e).anyMatch(CertificateExpiredException.class::isInstance);
    boolean early = causes(e).anyMatch(CertificateNotYetValidException.class::isInstance);
    Instant begin = Stream.of(chain).map(ServerTrust::begin).max(naturalOrder()).orElseThrow();
    if (!(expired || early) || !isTrustedAt(begin, chain)) {
      return new CertificateFault.NotTrusted();
    }
    return early
        ? new CertificateFault.NotYetValid(begin)
        : new CertificateFault.Expired(
            Stream.of(chain).map(ServerTrust::end).min(naturalOrder()).orElseThrow());
  }

  private static Instant begin(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private boolean isTrustedAt(Instant time, X509Certificate[] chain) {
    List<X509Certificate> trusted = List.of(platform.getAcceptedIssuers());
    List<X509Certificate> path = Stream.of(chain).takeWhile(one -> !trusted.contains(one)).toList();
    if (path.isEmpty()) {
      return true;
    }
    try {
      PKIXParameters parameters =
          new PKIXParameters(
              trusted.stream().map(one -> new TrustAnchor(one, null)).collect(toSet()));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(time));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static boolean isOfThePath(CertificateException e) {
    return causes(e).anyMatch(CertPathValidatorException.class::isInstance);
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  /// Whoever answers chose them, so that only what looks like a name is repeated.
  private static List<String> names(X509Certificate certificate) {
    try {
      return Stream.ofNullable(certificate.getSubjectAlternativeNames())
          .flatMap(Collection::stream)
          .filter(name -> name.getFirst().equals(DNS) || name.getFirst().equals(ADDRESS))
          .map(name -> String.valueOf(name.get(1)))
          .filter(PRINTABLE)
          .limit(MOST_NAMES)
          .toList();
    } catch (CertificateParsingException _) {
      return List.of();
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String method, Socket socket) {
    throw new UnsupportedOperationException("clusters are called through an SSLEngine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String method) {
    throw new UnsupportedOperationException("nobody calls here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String method, Socket socket) {
    throw new UnsupportedOperationException("nobody calls here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String method, SSLEngine engine) {
    throw new UnsupportedOperationException("nobody calls here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return platform.getAcceptedIssuers();
  }
}

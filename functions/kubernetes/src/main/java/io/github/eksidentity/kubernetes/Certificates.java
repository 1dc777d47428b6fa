package io.github.eksidentity.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS that trusts a cluster's own certificate authority and nothing else.
final class Certificates {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = {};

  private Certificates() {}

  /// @param authority PEM
  static SSLContext trusting(byte[] authority, Optional<ClusterAccess.Client> client)
      throws AccessException {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, NO_PASSWORD);
      int number = 0;
      for (Certificate certificate : certificates(authority)) {
        trusted.setCertificateEntry("authority-" + number++, certificate);
      }
      if (number == 0) {
        throw new AccessException("its certificate authority holds no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      KeyManager[] keys = client.isPresent() ? keys(client.get()) : new KeyManager[0];
      tls.init(
          keys,
          Arrays.stream(trust.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(platform -> new ServerTrust((X509ExtendedTrustManager) platform))
              .toArray(TrustManager[]::new),
          null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new AccessException("its certificate authority or the client's certificate is broken");
    }
  }

  private static Collection<? extends Certificate> certificates(byte[] pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }

  private static KeyManager[] keys(ClusterAccess.Client client)
      throws GeneralSecurityException, IOException, AccessException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "client",
        privateKey(client.key()),
        NO_PASSWORD,
        certificates(client.certificate()).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static PrivateKey privateKey(byte[] pem)
      throws GeneralSecurityException, AccessException {
    Matcher key = KEY.matcher(new String(pem, java.nio.charset.StandardCharsets.US_ASCII));
    if (!key.find()) {
      throw new AccessException(
          "the client's key is not in PKCS #8; openssl pkcs8 -topk8 -nocrypt converts it");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException _) {
        // a key of another kind
      }
    }
    throw new AccessException("the client's key is of an unknown kind");
  }
}

package io.github.eksidentity.testbed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks tokens as STS does when a cluster asks it whose they are: the signature must be that of
/// the test bed's caller, over the name of this cluster.
///
/// Documented at
/// <https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster>
/// and
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>.
final class ClusterToken {
  private static final String PREFIX = "k8s-aws-v1.";
  private static final String SECRET = "secret";
  private static final int MOST_BYTES = 4096;
  private static final String SIGNATURE = "X-Amz-Signature";

  private ClusterToken() {}

  /// Whether a token lets its holder into a cluster.
  static boolean admits(String token, String cluster) {
    if (!token.startsWith(PREFIX) || token.length() > MOST_BYTES) {
      return false;
    }
    try {
      URI url =
          URI.create(
              new String(
                  Base64.getUrlDecoder().decode(token.substring(PREFIX.length())),
                  StandardCharsets.UTF_8));
      Map<String, String> query = new TreeMap<>();
      if (url.getRawQuery() == null) {
        return false;
      }
      for (String pair : url.getRawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
      String given = query.remove(SIGNATURE);
      return "GetCallerIdentity".equals(query.get("Action"))
          && signature(url.getHost(), query, cluster).equals(given);
    } catch (IllegalArgumentException | GeneralSecurityException _) {
      return false;
    }
  }

  /// @param query as it was sent, without the signature
  private static String signature(String host, Map<String, String> query, String cluster)
      throws GeneralSecurityException {
    String request =
        String.join(
            "\n",
            "GET",
            "/",
            query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&")),
            "host:" + host,
            "x-k8s-aws-id:" + cluster,
            "",
            "host;x-k8s-aws-id",
            hash(""));
    String[] credential = query.getOrDefault("X-Amz-Credential", "").split("%2F", -1);
    String[] scope = Arrays.copyOfRange(credential, 1, credential.length);
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : scope) {
      key = mac(key, part);
    }
    String signed =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            query.getOrDefault("X-Amz-Date", ""),
            String.join("/", scope),
            hash(request));
    return HexFormat.of().formatHex(mac(key, signed));
  }

  private static String hash(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}

package io.github.eksidentity.core.facts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The issuer of an EKS cluster's tokens, taken apart. Only recognises; an issuer is never derived
/// from it, because tokens carry what DescribeCluster says, letter by letter.
///
/// @param host `oidc.eks.<region>.<suffix>`, or the dual-stack `oidc-eks.<region>.api.aws`, which
/// no token carries
/// @param region region code in the host
/// @param id the part after `/id/`
/// @param dualStack whether the host is the dual-stack one
public record EksIssuer(String host, String region, String id, boolean dualStack) {
  private static final String HTTPS = "https://";
  private static final Pattern ANY_SCHEME = Pattern.compile("(?i)^https?:/*");
  private static final Pattern FORM =
      Pattern.compile("(oidc([.-])eks\\.([a-z0-9-]+)\\.([a-z0-9.-]+))/id/([0-9A-Za-z]+)");

  /// An issuer as condition keys and provider ARNs name it: without the `https://` that
  /// DescribeCluster and tokens write before it.
  public static String bare(String url) {
    return url.startsWith(HTTPS) ? url.substring(HTTPS.length()) : url;
  }

  /// A URL without its scheme, however badly that is written.
  public static String withoutScheme(String url) {
    return ANY_SCHEME.matcher(url).replaceFirst("");
  }

  /// The parts of an issuer without scheme, empty where it is not one of EKS.
  public static Optional<EksIssuer> parse(String issuer) {
    Matcher matcher = FORM.matcher(issuer);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new EksIssuer(
            matcher.group(1), matcher.group(3), matcher.group(5), matcher.group(2).equals("-")));
  }

  /// The issuer as it stands in condition keys and provider ARNs.
  @Override
  public String toString() {
    return host + "/id/" + id;
  }
}

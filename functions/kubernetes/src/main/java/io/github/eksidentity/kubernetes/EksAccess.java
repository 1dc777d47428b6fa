package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Partition;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Reaches clusters at the endpoint that DescribeCluster gives, with AWS credentials. An endpoint
/// that is not one of EKS is refused: a token is never sent to a host that an altered answer names.
public final class EksAccess implements AccessProvider {
  private final Supplier<AwsCredentialsIdentity> credentials;
  private final Clock clock;

  /// @param credentials asked for each token
  public EksAccess(Supplier<AwsCredentialsIdentity> credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public ClusterAccess access(Cluster cluster) throws AccessException {
    if (cluster.endpoint().isEmpty() || cluster.certificateAuthority().isEmpty()) {
      throw new AccessException("EKS gave neither endpoint nor certificate authority");
    }
    URI server = endpoint(cluster.endpoint().get(), cluster.region());
    byte[] authority;
    try {
      authority = Base64.getDecoder().decode(cluster.certificateAuthority().get());
    } catch (IllegalArgumentException _) {
      throw new AccessException("its certificate authority is not base64");
    }
    return ClusterAccess.ofEks(server, authority, new Caller.OfAws(token(cluster)));
  }

  /// Makes a new token of a cluster whenever it is asked.
  public Supplier<String> token(Cluster cluster) {
    return () -> EksToken.of(credentials.get(), cluster.region(), cluster.name(), clock);
  }

  /// The endpoint, if it is one that EKS gives to a cluster of this region:
  /// `https://<id>.<label>.<region>.eks.<suffix>`, or its dual-stack form in `api.aws`.
  ///
  /// Documented at <https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html>.
  static URI endpoint(String text, String region) throws AccessException {
    Partition partition = Partition.ofRegion(region);
    Pattern host =
        Pattern.compile(
            "[0-9A-Za-z]+\\.[0-9a-z-]+\\."
                + Pattern.quote(region)
                + "\\.eks\\.("
                + Pattern.quote(partition.dnsSuffix())
                + "|api\\.aws|api\\.amazonwebservices\\.com\\.cn)|[0-9A-Za-z]+\\.[0-9a-z-]+\\.eks-cluster\\."
                + Pattern.quote(region)
                + "\\.api\\.(aws|amazonwebservices\\.com\\.cn)");
    try {
      URI server = new URI(text);
      if ("https".equals(server.getScheme())
          && server.getHost() != null
          && host.matcher(server.getHost()).matches()
          && server.getPort() == -1
          && server.getUserInfo() == null
          && server.getRawPath().isEmpty()
          && server.getRawQuery() == null) {
        return server;
      }
    } catch (URISyntaxException _) {
      // refused below
    }
    throw new AccessException(
        "its endpoint is not one of EKS in " + region + ", so it was not called");
  }
}

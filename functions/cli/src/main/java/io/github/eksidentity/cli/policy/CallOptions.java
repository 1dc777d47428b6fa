package io.github.eksidentity.cli.policy;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.evaluate.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Describes the calls that a pod makes to reach its role.
final class CallOptions {
  @Option(
      names = "--subject",
      paramLabel = "SUBJECT",
      description = "system:serviceaccount:NAMESPACE:NAME, the token's sub.")
  private @Nullable String subject;

  @Option(
      names = "--provider",
      paramLabel = "ARN",
      description = "The cluster's IAM OIDC provider, in the role's account.")
  private @Nullable String provider;

  @Option(
      names = "--issuer",
      paramLabel = "ISSUER",
      description = "The cluster's issuer; by default the one in --provider.")
  private @Nullable String issuer;

  @Option(
      names = "--audience",
      paramLabel = "AUDIENCE",
      description = "The token's aud; sts.amazonaws.com by default.")
  private @Nullable String audience;

  @Option(
      names = "--pod-identity",
      description = "The pod uses EKS Pod Identity instead of a token.")
  private boolean podIdentity;

  @Option(
      names = "--cluster-arn",
      paramLabel = "ARN",
      description = "The cluster, for Pod Identity.")
  private @Nullable String clusterArn;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "The namespace, for Pod Identity.")
  private @Nullable String namespace;

  @Option(
      names = "--service-account",
      paramLabel = "NAME",
      description = "The service account, for Pod Identity.")
  private @Nullable String serviceAccount;

  @Option(names = "--no-session-tags", description = "The association has session tags off.")
  private boolean noSessionTags;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The role's account; by default the provider's or the cluster's.")
  private @Nullable String account;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Action to decide; repeatable. By default those that the mechanism needs.")
  private List<String> actions = new ArrayList<>();

  boolean given() {
    return podIdentity
        || noSessionTags
        || !actions.isEmpty()
        || subject != null
        || provider != null
        || issuer != null
        || audience != null
        || clusterArn != null
        || namespace != null
        || serviceAccount != null
        || account != null;
  }

  /// The calls, by action.
  Map<String, Request> requests(CommandLine command) {
    return podIdentity ? podIdentity(command) : webIdentity(command);
  }

  private Map<String, Request> webIdentity(CommandLine command) {
    if (clusterArn != null || namespace != null || serviceAccount != null || noSessionTags) {
      throw new ParameterException(
          command,
          "--cluster-arn, --namespace, --service-account and --no-session-tags go with"
              + " --pod-identity.");
    }
    String sub = needed(command, subject, "--subject");
    String arn = providerArn(command);
    String claims = issuerOf(command, arn);
    String role = "arn:aws:iam::" + roleAccount(command, arn) + ":role/any";
    String aud = audience == null ? PodRequests.DEFAULT_AUDIENCE : audience;
    Request web = PodRequests.webIdentity(role, arn, claims, sub, aud);
    return byAction(web, List.of(PodRequests.WEB_IDENTITY));
  }

  private String providerArn(CommandLine command) {
    if (provider != null) {
      if (OidcProvider.issuerOf(provider).isEmpty()) {
        throw new ParameterException(
            command,
            "--provider needs an ARN such as arn:aws:iam::111122223333:oidc-provider/oidc.eks.…,"
                + " not "
                + provider);
      }
      return provider;
    }
    if (issuer == null || account == null) {
      throw new ParameterException(
          command, "--provider is missing (or --issuer and --account instead).");
    }
    String partition =
        EksIssuer.parse(EksIssuer.bare(issuer))
            .map(parts -> Partition.ofRegion(parts.region()).id())
            .orElse(Partition.AWS.id());
    return OidcProvider.arn(partition, account, EksIssuer.bare(issuer));
  }

  private String issuerOf(CommandLine command, String providerArn) {
    return issuer == null
        ? OidcProvider.issuerOf(providerArn)
            .orElseThrow(() -> new ParameterException(command, "--issuer is missing."))
        : EksIssuer.bare(issuer);
  }

  private Map<String, Request> podIdentity(CommandLine command) {
    if (subject != null || provider != null || issuer != null || audience != null) {
      throw new ParameterException(
          command, "--subject, --provider, --issuer and --audience do not go with --pod-identity.");
    }
    String arn = needed(command, clusterArn, "--cluster-arn");
    Arn cluster =
        Arn.parse(arn)
            .filter(
                parts -> parts.service().equals("eks") && parts.resource().startsWith("cluster/"))
            .orElseThrow(
                () ->
                    new ParameterException(
                        command,
                        "--cluster-arn needs an ARN such as"
                            + " arn:aws:eks:eu-west-1:111122223333:cluster/prod, not "
                            + arn));
    boolean tagged = !noSessionTags;
    List<String> usual =
        tagged ? PodRequests.POD_IDENTITY : List.of(PodRequests.POD_IDENTITY.getFirst());
    Request request =
        PodRequests.podIdentity(
            arn,
            tagged ? needed(command, namespace, "--namespace") : "",
            tagged ? needed(command, serviceAccount, "--service-account") : "",
            tagged,
            account == null ? cluster.account() : account,
            usual.getFirst());
    return byAction(request, usual);
  }

  private Map<String, Request> byAction(Request request, List<String> usual) {
    Map<String, Request> requests = new LinkedHashMap<>();
    for (String action : actions.isEmpty() ? usual : actions) {
      requests.put(
          action,
          new Request(
              request.kind(),
              request.principal(),
              request.roleAccount(),
              action,
              request.context(),
              request.undetermined()));
    }
    return requests;
  }

  private String roleAccount(CommandLine command, String arn) {
    String id = account == null ? Arn.parse(arn).map(Arn::account).orElse("") : account;
    if (!id.matches("\\d{12}")) {
      throw new ParameterException(command, "An account id is twelve digits, not " + id);
    }
    return id;
  }

  private static String needed(CommandLine command, @Nullable String value, String option) {
    if (value == null) {
      throw new ParameterException(command, option + " is missing.");
    }
    return value;
  }
}

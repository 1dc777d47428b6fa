package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RecordedCaller;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.SubjectPattern;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Flags a service account that STS refuses a role, where nothing else says why.
public final class AssumeRoleDenied implements Rule.OnCaller {
  /// Codes that say no to this token for good, and not to come again later. CloudTrail writes some
  /// of them with the ending `Exception`.
  private static final Set<String> REFUSALS =
      Set.of("AccessDenied", "InvalidIdentityToken", "IDPRejectedClaim", "ExpiredToken");

  private static final String ENDING = "Exception";
  private static final int MOST_EVENTS = 5;

  private static final RuleMetadata METADATA =
      rule(
              "assume-role-denied",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.CLUSTER,
              "STS refuses a service account the role that it asks for")
          .why(
              "CloudTrail recorded refused calls of AssumeRoleWithWebIdentity with tokens of the"
                  + " service account, no later call succeeded, and no other finding explains them."
                  + " Refusals that one explains are evidence of it. Causes that no configuration"
                  + " shows are service and resource control policies, policies of VPC endpoints,"
                  + " conditions on the network, tokens that ran out, and changes since.")
          .risk("Pods try again and again and get no credentials, or use others without a word.")
          .remediation(
              "Compare the token's claims with the trust policy, and look for policies of the"
                  + " organisation and of the VPC endpoint.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
              "https://repost.aws/knowledge-center/eks-troubleshoot-irsa-errors",
              "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html")
          .breaks(ExplainStep.USE)
          .needs(Need.TRAIL, Need.IAM)
          .refinedBy(Need.OIDC, Need.EKS, Need.ASSOCIATIONS, Need.SERVICE_ACCOUNTS, Need.PODS)
          .yieldsTo(
              "cluster-sts-region-disabled",
              "provider-missing",
              "provider-audience-missing",
              "trust-document-invalid",
              "trust-provider-missing",
              "trust-federated-arn-malformed",
              "trust-provider-foreign-account",
              "trust-partition-mismatch",
              "trust-issuer-dead",
              "trust-condition-key-mismatch",
              "trust-wildcard-without-like",
              "trust-subject-malformed",
              "trust-claims-swapped",
              "trust-audience-mismatch",
              "trust-action-mismatch",
              "trust-unsatisfiable",
              "trust-denied",
              "trust-unsupported-claim",
              "annotation-role-missing",
              "annotation-role-path-missing",
              "annotation-trust-denies",
              "annotation-audience-mismatch",
              "pod-wrong-token-path",
              "pod-role-stale")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(RecordedCaller caller, AuditContext context) {
    List<AssumeCall> refused = caller.calls().stream().filter(AssumeRoleDenied::isRefusal).toList();
    if (refused.isEmpty() || succeededLater(caller, refused.getLast())) {
      return Verdict.satisfied();
    }
    Optional<Cluster> cluster = caller.issuer().flatMap(context.index()::clusterOf);
    Set<String> codes =
        refused.stream().map(AssumeRoleDenied::code).collect(Collectors.toCollection(TreeSet::new));
    List<Evidence> evidence = new ArrayList<>();
    codes.forEach(
        code ->
            evidence.add(Evidence.of("STS refused calls").withKey("errorCode").withValue(code)));
    evidence.add(record(refused));
    evidence.add(standing(caller, cluster, context));
    Verdict.Violated violated =
        Verdict.violated(
                METADATA.severity(),
                "STS refuses %s%s role %s"
                    .formatted(
                        caller.qualifiedName(),
                        cluster.map(one -> " of cluster " + one.name()).orElse(""),
                        roleName(caller)),
                evidence,
                remediation(caller, refused.getLast()))
            .withCluster(cluster);
    if (codes.contains("AccessDenied")) {
      violated = violated.withStsError(StsError.NOT_AUTHORIZED);
    }
    Evidence observation =
        Evidence.of(
                "CloudTrail: STS refused %s role %s; %s"
                    .formatted(caller.qualifiedName(), roleName(caller), times(refused)))
            .withKey("eventID")
            .withValue(events(refused))
            .passing();
    for (String key : concerned(caller, cluster, context)) {
      violated = violated.withConcern(key, observation);
    }
    return violated;
  }

  private static boolean isRefusal(AssumeCall call) {
    return call.denied() && REFUSALS.contains(code(call));
  }

  private static String code(AssumeCall call) {
    String code = call.errorCode().orElse("");
    return code.endsWith(ENDING) ? code.substring(0, code.length() - ENDING.length()) : code;
  }

  private static boolean succeededLater(RecordedCaller caller, AssumeCall last) {
    return caller.calls().stream()
        .anyMatch(call -> !call.denied() && call.time().isAfter(last.time()));
  }

  private static String roleName(RecordedCaller caller) {
    return caller.roleArn().substring(caller.roleArn().lastIndexOf('/') + 1);
  }

  private static Evidence record(List<AssumeCall> refused) {
    Evidence evidence =
        Evidence.of(times(refused)).withKey("eventID").withValue(events(refused)).passing();
    return refused.getLast().userAgent().map(evidence::withClaim).orElse(evidence);
  }

  private static String times(List<AssumeCall> refused) {
    return refused.size() == 1
        ? "one call at " + refused.getFirst().time()
        : String.format(
            Locale.ROOT,
            "%d calls from %s to %s",
            refused.size(),
            refused.getFirst().time(),
            refused.getLast().time());
  }

  private static String events(List<AssumeCall> refused) {
    return refused.reversed().stream()
        .limit(MOST_EVENTS)
        .map(AssumeCall::id)
        .collect(Collectors.joining(", "));
  }

  /// What the configuration as it stands says of the call.
  private static Evidence standing(
      RecordedCaller caller, Optional<Cluster> cluster, AuditContext context) {
    Optional<Role> role = context.index().role(caller.roleArn());
    if (role.isEmpty()) {
      return Evidence.of("the account has no such role")
          .withKey("roleArn")
          .withValue(caller.roleArn());
    }
    if (caller.issuer().isEmpty()) {
      return Evidence.of("the record does not name the token's provider");
    }
    String issuer = caller.issuer().get();
    Evidence unknown =
        cluster.isPresent()
            ? Evidence.of("IAM would refuse the role's trust policy as it stands")
            : Evidence.of("no cluster that was read has the token's issuer").withValue(issuer);
    return context
        .index()
        .trust(role.get())
        .policy()
        .filter(_ -> cluster.isPresent())
        .map(
            policy ->
                TrustEvaluator.withoutTrace(
                    policy,
                    PodRequests.webIdentity(
                        role.get().arn(),
                        role.get().providerArn(issuer),
                        issuer,
                        caller.subject(),
                        PodRequests.DEFAULT_AUDIENCE)))
        .map(decision -> standing(decision, caller, role.get(), context))
        .orElse(unknown);
  }

  private static Evidence standing(
      Decision decision, RecordedCaller caller, Role role, AuditContext context) {
    return switch (decision) {
      case Decision.Allowed _ ->
          Evidence.of(
              "the trust policy as it stands admits the service account: something that it does not"
                  + " show is in the way, or it was changed since");
      case Decision.Unknown(String reason, _) ->
          Evidence.of(
              "whether the trust policy admits the service account is not known: " + reason);
      case Decision.Denied _ -> {
        Evidence evidence =
            Evidence.of("the trust policy does not admit the service account")
                .withKey(caller.issuer().orElse("") + ":sub")
                .withClaim(caller.subject());
        List<String> patterns =
            context.index().admitted(role).stream()
                .filter(way -> Optional.of(way.issuer()).equals(caller.issuer()))
                .map(AdmittingStatement::patterns)
                .flatMap(List::stream)
                .map(SubjectPattern::text)
                .toList();
        yield Nearest.of(caller.subject(), patterns).map(evidence::withValue).orElse(evidence);
      }
    };
  }

  /// What a finding that explains the refusals may be about.
  private static List<String> concerned(
      RecordedCaller caller, Optional<Cluster> cluster, AuditContext context) {
    return Stream.of(
            Stream.of(caller.roleArn()),
            caller.issuer().stream()
                .map(issuer -> OidcProvider.arn(context.inventory().account(), issuer)),
            cluster.map(Cluster::arn).stream(),
            cluster
                .flatMap(one -> context.index().in(one).serviceAccount(caller.subject()))
                .map(Resource::key)
                .stream())
        .flatMap(each -> each)
        .distinct()
        .toList();
  }

  private static Remediation remediation(RecordedCaller caller, AssumeCall last) {
    return Remediation.decide(
        "Find out what stands between the token and the role.",
        "See the whole record: aws cloudtrail lookup-events --region %s --lookup-attributes AttributeKey=EventId,AttributeValue=%s"
            .formatted(last.region(), last.id()),
        "If the service account is meant to have the role, let the trust policy of %s admit %s."
            .formatted(
                Arn.parse(caller.roleArn()).map(Arn::resource).orElse("the role"),
                caller.subject()),
        "If it is not, find the workload that asks for the role and take the role's ARN from it.");
  }
}

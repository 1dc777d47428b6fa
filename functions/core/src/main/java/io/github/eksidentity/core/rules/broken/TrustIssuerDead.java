package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.policy.tree.Principals;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a trust in the issuer of a cluster that is gone.
public final class TrustIssuerDead implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-issuer-dead",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "The role trusts an EKS issuer that no cluster has any more")
          .why(
              "A cluster that is made again has another issuer, even under the same name, and"
                  + " roles and provider of the old one stay behind. Every enabled region was"
                  + " searched. A cluster of another account in the same region may have the"
                  + " issuer: list it as known if its pods are meant to get in.")
          .risk(
              "Pods of the new cluster do not get in, and the account vouches for an issuer that"
                  + " nobody in it controls.")
          .remediation(
              "Name the provider of the new cluster, and its issuer in the conditions, or remove"
                  + " the statement.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html",
              "https://repost.aws/knowledge-center/eks-troubleshoot-oidc-and-irsa",
              "https://github.com/aws/containers-roadmap/issues/1408")
          .needs(Need.IAM, Need.EKS_EVERYWHERE)
          .refinedBy(Need.OIDC)
          .yieldsTo("trust-provider-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<NamedProvider> dead =
        NamedProvider.of(role, context).stream()
            .filter(named -> named.fault(context).isEmpty())
            .filter(named -> context.index().standing(named.url()) instanceof IssuerStanding.Gone)
            .toList();
    return dead.isEmpty() ? Verdict.satisfied() : violated(role, dead, context);
  }

  private static Verdict violated(Role role, List<NamedProvider> dead, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "Role " + role.name() + " trusts the issuer of a cluster that is gone",
            dead.stream().map(named -> evidence(named, context)).toList(),
            remediation(dead, context))
        .withStsError(StsError.NOT_AUTHORIZED)
        .withCluster(OwnProvider.cluster(dead, named -> successor(named, context), context));
  }

  private static Evidence evidence(NamedProvider named, AuditContext context) {
    List<Successor> successors = Successor.of(named, context);
    String alike =
        String.join(
            ", ",
            successors.stream()
                .map(
                    successor ->
                        "; the name of cluster "
                            + successor.cluster().name()
                            + " "
                            + successor.because())
                .toList());
    Evidence evidence = named.evidence("no cluster of any enabled region has this issuer" + alike);
    return successors.isEmpty()
        ? evidence
        : evidence
            .withClaim("https://" + successors.getFirst().issuer())
            .withNearest(
                OidcProvider.arn(context.inventory().account(), successors.getFirst().issuer()));
  }

  /// The issuer of the cluster that took the place of the one that is gone.
  private static Optional<String> successor(NamedProvider named, AuditContext context) {
    return Successor.certain(Successor.of(named, context)).map(Successor::issuer);
  }

  private static Remediation remediation(List<NamedProvider> dead, AuditContext context) {
    return leftover(dead, context)
        .or(
            () ->
                OwnProvider.fix(
                    dead,
                    named -> successor(named, context),
                    "Name the provider of the cluster that was made again, and its issuer in the"
                        + " conditions.",
                    context))
        .orElseGet(() -> decide(dead));
  }

  /// Where the role trusts the new cluster already, what is left of the old one can go.
  private static Optional<Remediation> leftover(List<NamedProvider> dead, AuditContext context) {
    boolean moved =
        dead.stream()
            .allMatch(
                named ->
                    successor(named, context).filter(issuer -> trusts(named, issuer)).isPresent());
    List<Statement> statements =
        dead.stream().map(named -> named.door().statement()).distinct().toList();
    if (!moved || !statements.stream().map(Statement::principals).allMatch(TrustIssuerDead::one)) {
      return Optional.empty();
    }
    Role role = dead.getFirst().trust().role();
    TrustEdit edit = TrustEdit.of(role.trustDocument());
    for (Statement statement : statements.reversed()) {
      edit = edit.removeStatement(statement.index());
    }
    return Optional.of(
        Remediation.fix(
            "Remove what is left of the old cluster; the role trusts the new one already.",
            new Change.ReplaceTrustPolicy(role.arn(), role.trustDocument(), edit.document())));
  }

  private static boolean trusts(NamedProvider named, String issuer) {
    return named.trust().webDoors().stream()
        .anyMatch(door -> door.issuer().equals(Optional.of(issuer)));
  }

  private static boolean one(Principals principals) {
    return principals.entries().size() == 1;
  }

  private static Remediation decide(List<NamedProvider> dead) {
    NamedProvider first = dead.getFirst();
    List<String> options = new ArrayList<>();
    options.add(
        "If the cluster was made again, name the new one's provider, and its issuer in the"
            + " conditions.");
    options.add(
        "If a cluster of another account has the issuer, list it as known in the settings: "
            + first.url());
    options.add(
        "If it is gone for good, remove statement "
            + (first.door().statement().index() + 1)
            + " from the trust policy, or the role if it serves nothing else.");
    return new Remediation.Decide(
        "Decide whether the role still serves a cluster; none of the account has the issuer.",
        options);
  }
}

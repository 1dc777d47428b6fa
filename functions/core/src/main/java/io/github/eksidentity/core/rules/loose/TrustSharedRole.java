package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Flags a role that serves many namespaces or clusters.
public final class TrustSharedRole implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-shared-role",
              Severity.MEDIUM,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "One role serves many namespaces or clusters")
          .why(
              "Statements, subjects or associations were added to a role that exists instead of"
                  + " making another one. From how many namespaces or clusters on this is reported"
                  + " can be set.")
          .risk(
              "Each of them has the permissions that the others need, and who breaks into the least"
                  + " protected one has the data of all.")
          .remediation(
              "Give each application a role of its own. A role for many is in order with Pod"
                  + " Identity where its policies compare the session tags, as in"
                  + " aws:PrincipalTag/kubernetes-namespace.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM, Need.EKS)
          .refinedBy(Need.ASSOCIATIONS, Need.IAM_POLICIES)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    ServedPlaces certain = ServedPlaces.by(role, context, admitted -> admitted.hangsOn().isEmpty());
    List<Evidence> evidence = evidence(certain, context.settings());
    if (!evidence.isEmpty()) {
      return Verdict.violated(
          METADATA.severity(),
          "Role " + role.name() + " serves many " + what(certain, context.settings()),
          evidence,
          Remediation.decide(
              "Decide which of them need the same permissions.",
              "Make a role for each application and name one service account in its trust",
              "With Pod Identity, keep the role and compare aws:PrincipalTag/kubernetes-namespace"
                  + " in its policies"));
    }
    return evidence(ServedPlaces.by(role, context, _ -> true), context.settings()).isEmpty()
        ? Verdict.satisfied()
        : Verdict.undecided(
            "whether all of them get in hangs on conditions that cannot be settled");
  }

  private static String what(ServedPlaces served, Settings settings) {
    return served.namespaces().size() >= settings.sharedNamespaces() ? "namespaces" : "clusters";
  }

  private static List<Evidence> evidence(ServedPlaces served, Settings settings) {
    List<Evidence> evidence = new ArrayList<>();
    list("namespaces", served.namespaces(), settings.sharedNamespaces()).ifPresent(evidence::add);
    list("clusters", served.clusters(), settings.sharedClusters()).ifPresent(evidence::add);
    return evidence;
  }

  private static Optional<Evidence> list(String what, Set<String> names, int limit) {
    return names.size() >= limit
        ? Optional.of(Evidence.of("serves the " + what + " " + String.join(", ", names)))
        : Optional.empty();
  }
}

package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags the service account of an add-on whose role is not the one that the add-on is configured
/// with.
public final class AddonRoleDrift implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "addon-role-drift",
              Severity.MEDIUM,
              Impact.HYGIENE,
              Category.POD_IDENTITY,
              "An add-on's service account has another role than the add-on")
          .why(
              "EKS owns the service account of an add-on and writes the role of the add-on's"
                  + " configuration into it. An annotation or an association that was set beside"
                  + " it is overwritten by the next update, or wins until then.")
          .risk("The add-on loses its permissions with an update that nobody connects with it.")
          .remediation("Set the role in one place, the add-on's configuration.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html",
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateAddon.html")
          .needs(Need.ADDONS, Need.SERVICE_ACCOUNTS, Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    ServiceAccount account = subject.serviceAccount();
    Optional<Addon> addon =
        AddonServiceAccounts.addonOf(account.qualifiedName())
            .flatMap(name -> subject.cluster().addon(name));
    if (addon.isEmpty()) {
      return Verdict.satisfied();
    }
    List<Binding> bindings = context.index().in(subject.cluster()).bindings(account.subject());
    List<Evidence> evidence = evidence(addon.get(), bindings);
    if (evidence.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        METADATA.severity(),
        "The role of %s is not the one of add-on %s in cluster %s"
            .formatted(account.qualifiedName(), addon.get().name(), subject.cluster().name()),
        evidence,
        remediation(subject, addon.get(), bindings, context));
  }

  private static List<Evidence> evidence(Addon addon, List<Binding> bindings) {
    List<Evidence> evidence = new ArrayList<>();
    Optional<String> configured = addon.serviceAccountRoleArn();
    for (Binding binding : bindings) {
      switch (binding) {
        case Binding.Irsa irsa -> {
          if (!configured.equals(Optional.of(irsa.roleArn()))) {
            evidence.add(
                against(configured)
                    .apply("the annotation names another role than the add-on")
                    .withKey(AwsAnnotations.ROLE_ARN)
                    .withValue(irsa.roleArn()));
          }
        }
        case Binding.PodIdentity(_, var association) -> {
          if (configured.isPresent()) {
            evidence.add(
                against(configured)
                    .apply("an association of Pod Identity wins over the role of the add-on")
                    .withKey("association " + association.id())
                    .withValue(association.roleArn()));
          }
        }
      }
    }
    if (bindings.isEmpty() && configured.isPresent()) {
      evidence.add(
          against(configured).apply("the service account lacks the annotation of the add-on"));
    }
    return evidence;
  }

  private static java.util.function.Function<String, Evidence> against(
      Optional<String> configured) {
    return summary ->
        configured
            .map(role -> Evidence.of(summary).withClaim(role))
            .orElseGet(() -> Evidence.of(summary + ", which has none"));
  }

  private static Remediation remediation(
      Resource.OfServiceAccount subject,
      Addon addon,
      List<Binding> bindings,
      AuditContext context) {
    String update =
        "aws eks update-addon --region %s --cluster-name %s --addon-name %s"
            .formatted(subject.cluster().region(), subject.cluster().name(), addon.name());
    boolean annotationOnly = bindings.stream().allMatch(binding -> binding instanceof Binding.Irsa);
    if (annotationOnly && addon.serviceAccountRoleArn().isPresent()) {
      String role = addon.serviceAccountRoleArn().get();
      return new Annotated(
              subject.cluster(), subject.serviceAccount(), role, PodRequests.DEFAULT_AUDIENCE)
          .rebind(
              "Write the role of the add-on into the annotation, as its next update would. Where"
                  + " the annotation is right, change the add-on instead.",
              role,
              context);
    }
    return Remediation.decide(
        "Decide which role the add-on is to have, and set it in the add-on alone.",
        update + " --service-account-role-arn <role>",
        update + " --pod-identity-associations serviceAccount=<name>,roleArn=<role>");
  }
}

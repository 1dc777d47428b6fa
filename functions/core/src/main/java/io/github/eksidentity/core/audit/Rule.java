package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.RecordedCaller;
import io.github.eksidentity.core.index.Resource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One check: metadata, and one pure function from the facts about one subject to a verdict. A rule
/// is asked only where every scope that it needs was completely read; it never looks at coverage
/// itself.
public sealed interface Rule {
  /// What is known of the rule before it looks at an account.
  RuleMetadata metadata();

  /// The rule's id.
  default String id() {
    return metadata().id();
  }

  /// The check of a resource, to be asked where all that the rule needs was read; empty where the
  /// rule is about resources of another kind.
  Optional<Supplier<Verdict>> check(Resource resource, AuditContext context);

  /// The kinds of scope whose reading lists the resources that the rule is about.
  Set<Scope.Kind> listedIn();

  /// A rule about each role that AWS does not own.
  non-sealed interface OnRole extends Rule {
    Verdict evaluate(Role role, AuditContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return resource instanceof Resource.OfRole(Role role)
          ? Optional.of(() -> evaluate(role, context))
          : Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of(Scope.Kind.IAM);
    }
  }

  /// A rule about each IAM OIDC provider.
  non-sealed interface OnProvider extends Rule {
    Verdict evaluate(OidcProvider provider, AuditContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return resource instanceof Resource.OfProvider(OidcProvider provider)
          ? Optional.of(() -> evaluate(provider, context))
          : Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of(Scope.Kind.OIDC);
    }
  }

  /// A rule about each cluster.
  non-sealed interface OnCluster extends Rule {
    Verdict evaluate(Cluster cluster, AuditContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return resource instanceof Resource.OfCluster(Cluster cluster)
          ? Optional.of(() -> evaluate(cluster, context))
          : Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of(Scope.Kind.EKS);
    }
  }

  /// A rule about each Pod Identity association.
  non-sealed interface OnAssociation extends Rule {
    Verdict evaluate(Resource.OfAssociation association, AuditContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return resource instanceof Resource.OfAssociation association
          ? Optional.of(() -> evaluate(association, context))
          : Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of(Scope.Kind.EKS, Scope.Kind.ASSOCIATIONS);
    }
  }

  /// A rule about each service account of each cluster. Rules about pods are of this kind too: what
  /// they find in the pods that run with it is evidence, told once for each workload.
  non-sealed interface OnServiceAccount extends Rule {
    Verdict evaluate(Resource.OfServiceAccount serviceAccount, AuditContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return resource instanceof Resource.OfServiceAccount account
          ? Optional.of(() -> evaluate(account, context))
          : Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of(Scope.Kind.EKS, Scope.Kind.SERVICE_ACCOUNTS);
    }
  }

  /// A rule about each service account that asked STS for a role, and that role.
  non-sealed interface OnCaller extends Rule {
    Verdict evaluate(RecordedCaller caller, AuditContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return resource instanceof Resource.OfCaller(RecordedCaller caller)
          ? Optional.of(() -> evaluate(caller, context))
          : Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of(Scope.Kind.TRAIL);
    }
  }

  /// A rule about the account as a whole.
  non-sealed interface OnAccount extends Rule {
    Verdict evaluate(AuditContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return resource instanceof Resource.OfAccount _
          ? Optional.of(() -> evaluate(context))
          : Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of();
    }
  }

  /// A rule about each mute, asked when everything else has been judged.
  non-sealed interface OnMute extends Rule {
    Verdict evaluate(Mute mute, MuteContext context);

    @Override
    default Optional<Supplier<Verdict>> check(Resource resource, AuditContext context) {
      return Optional.empty();
    }

    @Override
    default Set<Scope.Kind> listedIn() {
      return Set.of();
    }
  }
}

package io.github.eksidentity.core.rules.serviceaccount;

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
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Flags a cluster whose RBAC lets others than system components become a service account that has
/// a role. Each binding that does is told once, however many service accounts it reaches.
public final class TokenMintRbac implements Rule.OnCluster {
  private static final int MOST_NAMED = 5;
  private static final RuleMetadata METADATA =
      rule(
              "token-mint-rbac",
              Severity.HIGH,
              Impact.EXPOSURE,
              Category.SERVICE_ACCOUNT,
              "RBAC lets others become a service account that has a role")
          .why(
              "Whoever may make tokens for a service account, impersonate it, change it, or create"
                  + " pods in its namespace gets its role. Kubernetes' own components, kube-system,"
                  + " EKS, Argo CD, Flux, External Secrets and Velero are left out. Medium where"
                  + " all of it is given within a namespace by the built-in roles admin and edit,"
                  + " or only lets workloads be created there: that is what people who deploy need."
                  + " Rights by access policies of EKS are not part of RBAC and not seen.")
          .risk(
              "The role's permissions belong to everybody whom the bindings name, and CloudTrail"
                  + " shows only the service account.")
          .remediation(
              "Name the service accounts in resourceNames, give the rights in single namespaces,"
                  + " and keep service accounts with roles apart from namespaces where many may"
                  + " deploy.")
          .references(
              "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
              "https://securitylabs.datadoghq.com/articles/amazon-eks-attacking-securing-cloud-identities/",
              "https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html")
          .needs(Need.RBAC, Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  /// What one binding gives its holders.
  ///
  /// @param reached names of the service accounts with a role that can be taken over
  private record Grant(
      Rbac.Binding binding,
      Rbac.Role role,
      List<Rbac.Holder> holders,
      Set<Takeover> ways,
      Set<String> reached) {
    boolean everywhere() {
      return binding.namespace().isEmpty();
    }

    /// Whether it is no more than people need who deploy in one namespace.
    boolean ordinary() {
      return binding
          .namespace()
          .filter(_ -> role.builtIn() || ways.equals(EnumSet.of(Takeover.RUN)))
          .filter(namespace -> holders.stream().noneMatch(one -> fromElsewhere(one, namespace)))
          .isPresent();
    }

    private static boolean fromElsewhere(Rbac.Holder holder, String namespace) {
      return holder.kind().equals("ServiceAccount")
          && !holder.namespace().equals(Optional.of(namespace));
    }

    Evidence evidence() {
      return Evidence.of("%s may %s %s".formatted(who(), how(), whom()))
          .withKey(
              binding
                      .namespace()
                      .map(namespace -> "RoleBinding " + namespace + "/")
                      .orElse("ClusterRoleBinding ")
                  + binding.name())
          .withValue((binding.clusterRole() ? "ClusterRole " : "Role ") + role.name());
    }

    private String who() {
      return holders.stream()
          .map(
              holder ->
                  holder
                          .kind()
                          .toLowerCase(java.util.Locale.ROOT)
                          .replace("serviceaccount", "service account")
                      + " "
                      + holder
                          .namespace()
                          .filter(_ -> holder.kind().equals("ServiceAccount"))
                          .map(one -> one + "/")
                          .orElse("")
                      + holder.name())
          .sorted()
          .collect(Collectors.joining(", "));
    }

    private String how() {
      return ways.stream().map(Takeover::phrase).collect(Collectors.joining(", "));
    }

    private String whom() {
      return reached.size() > MOST_NAMED
          ? binding
              .namespace()
              .map(namespace -> "the service accounts of namespace " + namespace)
              .orElse("the service accounts of many namespaces")
          : String.join(", ", reached);
    }
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    List<ServiceAccount> bound = bound(cluster, context);
    if (bound.isEmpty()) {
      return Verdict.satisfied();
    }
    List<Grant> grants = grants(cluster.kubernetes().rbac(), bound);
    if (grants.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        grants.stream().allMatch(Grant::ordinary) ? Severity.MEDIUM : METADATA.severity(),
        "RBAC of cluster %s lets others become service accounts that have a role"
            .formatted(cluster.name()),
        grants.stream().map(Grant::evidence).toList(),
        remediation(cluster, grants.getFirst()));
  }

  private static List<ServiceAccount> bound(Cluster cluster, AuditContext context) {
    ClusterIndex there = context.index().in(cluster);
    return there.serviceAccounts().stream()
        .map(Resource.OfServiceAccount::serviceAccount)
        .filter(account -> there.binding(account.subject()).isPresent())
        .toList();
  }

  /// The widest first, then by name.
  private static List<Grant> grants(Rbac rbac, List<ServiceAccount> bound) {
    Map<String, Rbac.Role> roles = new HashMap<>();
    rbac.roles().forEach(role -> roles.put(key(role.namespace(), role.name()), role));
    List<Grant> grants = new ArrayList<>();
    for (Rbac.Binding binding : rbac.bindings()) {
      Rbac.Role role =
          roles.get(
              key(binding.clusterRole() ? Optional.empty() : binding.namespace(), binding.role()));
      if (role != null) {
        grant(binding, role, bound).ifPresent(grants::add);
      }
    }
    grants.sort(
        Comparator.comparing(Grant::ordinary)
            .thenComparing(grant -> !grant.everywhere())
            .thenComparing(grant -> grant.binding().namespace().orElse(""))
            .thenComparing(grant -> grant.binding().name()));
    return grants;
  }

  private static String key(Optional<String> namespace, String name) {
    return namespace.map(one -> one + "/").orElse("") + name;
  }

  private static Optional<Grant> grant(
      Rbac.Binding binding, Rbac.Role role, List<ServiceAccount> bound) {
    List<Rbac.Holder> others =
        binding.holders().stream().filter(holder -> !SystemHolders.contains(holder)).toList();
    Set<Takeover> ways = EnumSet.noneOf(Takeover.class);
    Set<String> reached = new TreeSet<>();
    Set<Rbac.Holder> holders = new java.util.LinkedHashSet<>();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    for (ServiceAccount account : bound) {
      if (binding.namespace().filter(one -> !one.equals(account.namespace())).isPresent()) {
        continue;
      }
      Set<Takeover> found = Takeover.of(role, account, binding.namespace().isEmpty());
      List<Rbac.Holder> notItself =
          others.stream().filter(holder -> !isItself(holder, account)).toList();
      if (!found.isEmpty() && !notItself.isEmpty()) {
        ways.addAll(found);
        reached.add(account.qualifiedName());
        holders.addAll(notItself);
      }
    }
    return reached.isEmpty()
        ? Optional.empty()
        : Optional.of(new Grant(binding, role, List.copyOf(holders), ways, reached));
  }

  private static boolean isItself(Rbac.Holder holder, ServiceAccount account) {
    return (holder.kind().equals("ServiceAccount")
            && holder.namespace().equals(Optional.of(account.namespace()))
            && holder.name().equals(account.name()))
        || (holder.kind().equals("User") && holder.name().equals(account.subject()));
  }

  private static Remediation remediation(Cluster cluster, Grant first) {
    return Remediation.decide(
        "Decide who is meant to have the roles of these service accounts.",
        "See what the first of them gives: kubectl --context %s get %s %s -o yaml"
            .formatted(
                cluster.arn(),
                first.everywhere()
                    ? "clusterrolebinding"
                    : "-n " + first.binding().namespace().orElse("") + " rolebinding",
                first.binding().name()),
        "Where a rule names serviceaccounts/token or serviceaccounts, list the names that are"
            + " needed in resourceNames.",
        "Bind the role in single namespaces by a RoleBinding instead of the whole cluster.",
        "If all of them are meant to, mute the finding with that reason.");
  }
}

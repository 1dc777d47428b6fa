package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tries associations that nobody meant before a role's trust policy, to see whether anything in it
/// keeps them out.
final class PodProbe {
  private static final String NOBODYS = "nobody-meant-this";
  private static final String NO_ACCOUNT = "000000000000";

  private final RoleTrust trust;
  private final TrustPolicy policy;
  private final Account account;

  private PodProbe(RoleTrust trust, TrustPolicy policy, Account account) {
    this.trust = trust;
    this.policy = policy;
    this.account = account;
  }

  /// Empty where the document is no policy.
  static Optional<PodProbe> of(RoleTrust trust, Account account) {
    return trust.policy().map(policy -> new PodProbe(trust, policy, account));
  }

  /// The statements that let any pod of any account in, with or without session tags.
  List<Statement> unscoped() {
    return trust.podDoors().stream()
        .filter(
            door ->
                Stream.of(true, false)
                    .anyMatch(tags -> admits(door, NO_ACCOUNT, NOBODYS, NOBODYS, tags)))
        .toList();
  }

  /// The statements that name a namespace or service account and let it in from any cluster.
  List<Statement> ofAnyCluster() {
    List<Statement> open = unscoped();
    return trust.podDoors().stream()
        .filter(door -> !open.contains(door))
        .filter(door -> namesPod(door))
        .filter(
            door ->
                admits(
                    door,
                    account.id(),
                    named(door, PodScope.NAMESPACE).orElse(NOBODYS),
                    named(door, PodScope.SERVICE_ACCOUNT).orElse(NOBODYS),
                    true))
        .toList();
  }

  private static boolean namesPod(Statement door) {
    return named(door, PodScope.NAMESPACE).isPresent()
        || named(door, PodScope.SERVICE_ACCOUNT).isPresent();
  }

  /// A value that a condition of the statement on this key lets in.
  private static Optional<String> named(Statement door, String key) {
    return door.conditions().stream()
        .filter(condition -> condition.key().equalsIgnoreCase(key))
        .filter(condition -> !condition.operator().trueWhenAbsent())
        .map(Condition::values)
        .flatMap(List::stream)
        .map(Text::value)
        .map(value -> value.replace("*", "x").replace('?', 'x'))
        .findFirst();
  }

  private boolean admits(
      Statement door, String sourceAccount, String namespace, String serviceAccount, boolean tags) {
    Request request =
        PodRequests.podIdentity(
            cluster(sourceAccount),
            association(namespace, serviceAccount, tags),
            AssociationTrust.ASSUME);
    List<Statement> statements =
        Stream.concat(Stream.of(door), policy.statements(Effect.DENY).stream()).toList();
    return TrustEvaluator.withoutTrace(policy.with(statements), request)
        instanceof Decision.Allowed;
  }

  private Cluster cluster(String accountId) {
    String arn =
        "arn:%s:eks:%s:%s:cluster/%s"
            .formatted(
                account.partition().id(), account.partition().homeRegion(), accountId, NOBODYS);
    return new Cluster(
        arn,
        NOBODYS,
        account.partition().homeRegion(),
        "ACTIVE",
        Optional.empty(),
        "",
        "",
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        Kubernetes.NOT_READ);
  }

  private Association association(String namespace, String serviceAccount, boolean tags) {
    return new Association(
        NOBODYS,
        NOBODYS,
        namespace,
        serviceAccount,
        trust.role().arn(),
        Optional.empty(),
        Optional.empty(),
        !tags,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}

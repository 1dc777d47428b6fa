package io.github.eksidentity.aws;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The IAM actions that an audit of a live account calls: the union of what its collectors declare.
/// All of them only read.
///
/// Documented at
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html>.
public final class IamActions {
  private IamActions() {}

  /// What an audit calls where nothing is denied.
  public static Set<String> regular() {
    return union(
        Stream.of(
            AccountIdentity.ACTIONS,
            RoleCollector.ACTIONS,
            QuotaCollector.ACTIONS,
            ProviderCollector.ACTIONS,
            RegionCollector.ACTIONS,
            EksCollector.ACTIONS,
            ClusterCollector.ACTIONS,
            AssociationCollector.ACTIONS,
            AddonCollector.ACTIONS,
            NodeGroupCollector.ACTIONS));
  }

  /// What is called in place of `iam:GetAccountAuthorizationDetails` where that is denied.
  public static Set<String> fallback() {
    return union(Stream.of(RoleListCollector.ACTIONS));
  }

  /// What is called in addition where CloudTrail is to be read.
  public static Set<String> trail() {
    return union(Stream.of(TrailCollector.ACTIONS));
  }

  /// What is called in addition where roles are known to need something.
  public static Set<String> simulation() {
    return union(Stream.of(SimulationCollector.ACTIONS));
  }

  /// Those of [#regular()] and [#fallback()] together.
  public static Set<String> all() {
    Set<String> all = new TreeSet<>(regular());
    all.addAll(fallback());
    return Collections.unmodifiableSet(all);
  }

  /// Calls that AWS answers to every caller, whatever the policies say, so that none needs to allow
  /// them.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>.
  public static Set<String> alwaysAllowed() {
    return union(Stream.of(AccountIdentity.ACTIONS));
  }

  private static Set<String> union(Stream<Set<ApiAction>> declared) {
    Set<String> permissions = new TreeSet<>();
    declared.flatMap(Set::stream).map(ApiAction::permission).forEach(permissions::add);
    return Collections.unmodifiableSet(permissions);
  }
}

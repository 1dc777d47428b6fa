package io.github.eksidentity.report.page;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an audit could not read: scopes with the same reason together.
///
/// @param status partial, failed or skipped
/// @param scopes in order, at least one
public record CoverageGaps(
    String status, String reason, Optional<String> permission, List<Scope> scopes) {

  /// The gaps of an assessment, failures first.
  public static List<CoverageGaps> of(Assessment assessment) {
    Map<Key, List<Scope>> byReason = new LinkedHashMap<>();
    for (String status : List.of("failed", "partial", "skipped")) {
      assessment
          .coverage()
          .forEach(
              (scope, read) -> {
                if (read.status().equals(status)) {
                  Key key = new Key(status, read.reason(), permission(read));
                  byReason.computeIfAbsent(key, _ -> new ArrayList<>()).add(scope);
                }
              });
    }
    List<CoverageGaps> gaps = new ArrayList<>();
    byReason.forEach(
        (key, scopes) ->
            gaps.add(new CoverageGaps(key.status(), key.reason(), key.permission(), scopes)));
    return gaps;
  }

  private record Key(String status, String reason, Optional<String> permission) {}

  /// The permission whose lack is the reason.
  public static Optional<String> permission(Coverage read) {
    return switch (read) {
      case Coverage.Partial(_, Optional<String> permission) -> permission;
      case Coverage.Failed(_, Optional<String> permission) -> permission;
      case Coverage.Complete _, Coverage.Skipped _ -> Optional.empty();
    };
  }

  /// The permissions that would close gaps, in order.
  public static Set<String> permissions(List<CoverageGaps> gaps) {
    Set<String> permissions = new TreeSet<>();
    gaps.forEach(gap -> gap.permission().ifPresent(permissions::add));
    return permissions;
  }

  /// How many checks of each rule were left undecided, by rule.
  public static Map<String, Integer> undecided(Assessment assessment) {
    Map<String, Integer> counts = new TreeMap<>();
    assessment.undecided().forEach(entry -> counts.merge(entry.rule(), 1, Integer::sum));
    return counts;
  }

  /// What a scope holds, in words.
  public static String words(Scope scope) {
    String what =
        switch (scope.kind()) {
          case IAM -> "roles and trust policies";
          case IAM_POLICIES -> "policies of roles";
          case IAM_USAGE -> "last use of roles";
          case SIMULATIONS -> "answers of IAM's policy simulator";
          case OIDC -> "OIDC providers";
          case REGIONS -> "list of enabled regions";
          case EKS -> "clusters";
          case ASSOCIATIONS -> "Pod Identity associations";
          case ADDONS -> "add-ons";
          case NODE_GROUPS -> "node groups";
          case SERVICE_ACCOUNTS -> "service accounts";
          case PODS -> "pods";
          case WEBHOOKS -> "mutating webhook configurations";
          case RBAC -> "RBAC";
          case TRAIL -> "CloudTrail's record of calls to STS";
        };
    return what
        + scope.cluster().map(name -> " of " + name).orElse("")
        + scope.region().map(name -> " in " + name).orElse("");
  }
}

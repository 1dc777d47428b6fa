package io.github.eksidentity.core.audit;

import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.Index;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// How the time to find every role that every service account gets, and the time of a whole audit,
/// grow with the account. Runs only when it is named: `-Dtest=ScaleBenchmark`.
final class ScaleBenchmark {
  private static final int RUNS = 3;
  private static final int ROLES_PER_NAMESPACE = 10;

  /// @param accounts service accounts, spread over the clusters like the roles
  private record Size(int roles, int accounts, int clusters) {}

  /// @param accessMillis to index the account, and to find and decide each pair of service account
  /// and role that can match
  /// @param pairs service account and role it gets
  private record Result(Size size, double accessMillis, double auditMillis, int pairs) {}

  @Test
  void growth() throws IOException {
    Size base = new Size(5_000, 2_000, 100);
    measure(base);
    List<Result> results = new ArrayList<>();
    for (Size size :
        List.of(
            base,
            new Size(50_000, 2_000, 100),
            new Size(5_000, 20_000, 100),
            new Size(5_000, 2_000, 1_000),
            new Size(50_000, 20_000, 1_000))) {
      results.add(measure(size));
    }
    String json =
        results.stream()
            .map(result -> json(result, results.getFirst()))
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    Files.writeString(Path.of("target", "benchmark-scale.json"), json);
    System.out.println(json);
  }

  private static Result measure(Size size) {
    Inventory inventory = account(size);
    List<Double> access = new ArrayList<>();
    List<Double> audit = new ArrayList<>();
    int pairs = pairs(inventory, size);
    int checks = audit(inventory).checks();
    for (int i = 0; i < RUNS; i++) {
      access.add(millis(() -> assertEquals(pairs, pairs(inventory, size))));
      audit.add(millis(() -> assertEquals(checks, audit(inventory).checks())));
    }
    return new Result(size, median(access), median(audit), pairs);
  }

  private static Assessment audit(Inventory inventory) {
    return new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, TestAccount.NOW);
  }

  /// Eight of ten roles name one service account, one its namespace, one trusts Pod Identity.
  private static Inventory account(Size size) {
    TestAccount account = TestAccount.account();
    for (int i = 0; i < size.clusters(); i++) {
      account.cluster("cluster-" + i);
    }
    for (int i = 0; i < size.roles(); i++) {
      String issuer = issuer("cluster-" + i % size.clusters());
      String subject = subject(i, size);
      String trust =
          switch (i / size.clusters() % ROLES_PER_NAMESPACE) {
            case 8 ->
                Trusts.policy(
                    Trusts.web(
                        issuer,
                        "{\"StringLike\": {\"%s:sub\": \"%s\"}}"
                            .formatted(
                                issuer, subject.substring(0, subject.indexOf(":sa-")) + ":*")));
            case 9 -> Trusts.POD_IDENTITY;
            default -> Trusts.irsa(issuer, subject);
          };
      account.role("role-" + i, trust);
    }
    return account.build();
  }

  /// The service account of this number; its cluster is the number modulo the clusters.
  private static String subject(int number, Size size) {
    int within = number / size.clusters();
    return "system:serviceaccount:team-" + within / ROLES_PER_NAMESPACE + ":sa-" + within;
  }

  private static int pairs(Inventory inventory, Size size) {
    Index index = Index.of(inventory, Set.of());
    int pairs = 0;
    for (int i = 0; i < size.accounts(); i++) {
      String issuer = issuer("cluster-" + i % size.clusters());
      String subject = subject(i, size);
      for (AdmittingStatement way : index.admitting(issuer, subject)) {
        var policy = index.trust(way.role()).policy().orElseThrow();
        var request =
            PodRequests.webIdentity(
                way.role().arn(),
                way.door().principal().value(),
                issuer,
                subject,
                PodRequests.DEFAULT_AUDIENCE);
        if (TrustEvaluator.evaluate(policy, request) instanceof Decision.Allowed) {
          pairs++;
        }
      }
    }
    return pairs;
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /// The exponents of growth against the smallest account: 1 where ten times as much takes ten
  /// times as long.
  private static String json(Result result, Result base) {
    return String.format(
        Locale.ROOT,
        """
          {"roles": %d, "serviceAccounts": %d, "clusters": %d, "pairs": %d,
           "accessMillis": %.0f, "accessExponent": %.2f, "auditMillis": %.0f, "auditExponent": %.2f}\
        """,
        result.size().roles(),
        result.size().accounts(),
        result.size().clusters(),
        result.pairs(),
        result.accessMillis(),
        Math.log10(result.accessMillis() / base.accessMillis()),
        result.auditMillis(),
        Math.log10(result.auditMillis() / base.auditMillis()));
  }
}

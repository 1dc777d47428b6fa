package io.github.eksidentity.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.policy.admit.AdmissionChange;
import io.github.eksidentity.core.policy.admit.CallerKind;
import io.github.eksidentity.core.policy.admit.Callers;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The comparison of two policies against every caller of a small world, asked one by one of the
/// evaluator: all operators, all set operators, capitals, stars that are letters, moments.
final class PolicyDiffBruteForceTest {
  private static final String ISSUER =
      "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
  private static final String S = "system:serviceaccount:";
  private static final int ROUNDS = 200;

  private static final List<String> SUBJECT_VALUES =
      List.of("a:a", "a:b", "A:a", "a:*", "*:a", "*", "?:b", "ab:a", "*b:*", "b:1");
  private static final List<String> AUDIENCE_VALUES =
      List.of(
          "a", "A", "aB", "*", "?", "a*", "*B", "true", "1", "${*}", "arn:a:b:c:d:*", "\\u212A");
  private static final List<String> CLUSTER_VALUES =
      List.of(
          "arn:aws:eks:r:111122223333:cluster/a",
          "arn:aws:eks:r:111122223333:cluster/A",
          "arn:aws:eks:*:111122223333:cluster/*",
          "arn:aws:eks:r:*:cluster/?b",
          "arn:*",
          "*");
  private static final List<String> NAMES =
      List.of("a", "A", "b", "ab", "a*", "*b", "?", "*", "true");
  private static final List<String> ACCOUNTS =
      List.of("111122223333", "1*", "*4444", "150000000000", "-1", "*", "222233334444.5");

  private record World(CallerKind kind, List<Map<Claim, String>> callers, List<Key> keys) {}

  /// A condition key with values for it.
  private record Key(String name, List<String> values) {}

  private static World web() {
    List<Map<Claim, String>> callers = new ArrayList<>();
    for (String subject : List.of("a:a", "a:b", "b:a", "b:1", "ab:a", "ab:b", "c:c")) {
      for (String audience :
          List.of("a", "A", "b", "aB", "AB", "*", "?", "x", "true", "1", "k", "arn:a:b:c:d:e")) {
        callers.add(Map.of(Claim.SUBJECT, S + subject, Claim.AUDIENCE, audience));
      }
    }
    return new World(
        new WebIdentityCallers(PROVIDER, ISSUER),
        callers,
        List.of(
            new Key(ISSUER + ":sub", SUBJECT_VALUES.stream().map(value -> S + value).toList()),
            new Key(ISSUER + ":SUB", SUBJECT_VALUES),
            new Key(ISSUER + ":aud", AUDIENCE_VALUES)));
  }

  private static World pods() {
    List<Map<Claim, String>> callers = new ArrayList<>();
    for (String cluster :
        List.of(
            "r:111122223333:cluster/a",
            "r:111122223333:cluster/A",
            "q:222233334444:cluster/ab",
            "r:222233334444:cluster/AB",
            "r:150000000000:cluster/true")) {
      for (String namespace : List.of("a", "b", "ab", "true")) {
        for (String name : List.of("a", "b", "x")) {
          for (String tags : List.of(Claim.ON, Claim.OFF)) {
            callers.add(
                Map.of(
                    Claim.CLUSTER, "arn:aws:eks:" + cluster,
                    Claim.NAMESPACE, namespace,
                    Claim.SERVICE_ACCOUNT, name,
                    Claim.SESSION_TAGS, tags));
          }
        }
      }
    }
    return new World(
        new PodIdentityCallers(),
        callers,
        List.of(
            new Key("aws:SourceArn", CLUSTER_VALUES),
            new Key("aws:requesttag/eks-cluster-arn", CLUSTER_VALUES),
            new Key("aws:RequestTag/eks-cluster-name", NAMES),
            new Key("aws:RequestTag/kubernetes-namespace", NAMES),
            new Key("aws:RequestTag/kubernetes-service-account", NAMES),
            new Key("aws:SourceAccount", ACCOUNTS),
            new Key("aws:TagKeys", List.of("kubernetes-namespace", "*")),
            new Key("aws:PrincipalTag/x", NAMES)));
  }

  /// The moments of the world: values of the keys that only a call tells.
  private static final Map<String, List<String>> MOMENTS =
      new TreeMap<>(
          Map.of(
              "aws:SourceIp", List.of("", "9.0.0.1", "10.0.0.1", "10.1.0.1", "10.2.0.1"),
              "aws:RequestedRegion", List.of("eu-west-1", "EU-WEST-1", "us-east-1")));

  private static String moment(Random random) {
    return pick(
        random,
        List.of(
            "\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}",
            "\"IpAddress\": {\"aws:SourceIp\": [\"10.1.0.0/16\", \"9.0.0.0/8\"]}",
            "\"NotIpAddress\": {\"aws:SourceIp\": \"10.1.0.0/16\"}",
            "\"IpAddressIfExists\": {\"aws:SourceIp\": \"10.0.0.0/15\"}",
            "\"Null\": {\"aws:SourceIp\": \"true\"}",
            "\"StringEquals\": {\"aws:RequestedRegion\": \"eu-west-1\"}",
            "\"StringNotLike\": {\"aws:RequestedRegion\": \"eu-*\"}",
            "\"StringEqualsIgnoreCase\": {\"aws:RequestedRegion\": \"eu-west-1\"}"));
  }

  @Test
  void webIdentityCallersAreJudgedAsTheEvaluatorJudgesThem() {
    compareAll(web(), new Random(7), false);
  }

  @Test
  void podIdentityCallersAreJudgedAsTheEvaluatorJudgesThem() {
    compareAll(pods(), new Random(8), false);
  }

  @Test
  void momentsAreThoseThatThereCanBe() {
    compareAll(web(), new Random(9), true);
    compareAll(pods(), new Random(10), true);
  }

  private void compareAll(World world, Random random, boolean moments) {
    int settled = 0;
    int gains = 0;
    Set<Comparison> used = new LinkedHashSet<>();
    int rounds = moments ? ROUNDS / 3 : ROUNDS;
    for (int round = 0; round < rounds; round++) {
      TrustPolicy before = policy(world, random, moments);
      TrustPolicy after = policy(world, random, moments);
      AdmissionChange change = AdmissionChange.of(before, after, world.kind());
      boolean unsettled =
          change.undetermined().stream()
              .anyMatch(one -> one.example().isEmpty() || isPartOfMore(one.reason()));
      if (!unsettled) {
        settled++;
        Stream.of(before, after)
            .flatMap(policy -> policy.statements().stream())
            .flatMap(statement -> statement.conditions().stream())
            .forEach(condition -> used.add(condition.operator().comparison()));
        gains += compare(world, before, after, change);
      }
    }
    assertTrue(settled > rounds / 2, settled + " of " + rounds + " settled");
    assertTrue(gains > rounds, "gains " + gains);
    if (!moments) {
      Set<Comparison> all = new LinkedHashSet<>(Arrays.asList(Comparison.values()));
      all.removeAll(used);
      assertEquals(Set.of(), all);
    }
  }

  /// Where more change than can be described, the answer says so and names one of them.
  private static boolean isPartOfMore(String reason) {
    return reason.startsWith("more callers ");
  }

  private static int compare(
      World world, TrustPolicy before, TrustPolicy after, AdmissionChange change) {
    int gains = 0;
    for (Map<Claim, String> caller : world.callers()) {
      boolean gained = false;
      boolean lost = false;
      boolean unknown = false;
      for (Map<String, String> moment : moments()) {
        String was = decide(before, world.kind().requests(caller), moment);
        String is = decide(after, world.kind().requests(caller), moment);
        unknown |= was.equals("unknown") || is.equals("unknown");
        gained |= was.equals("deny") && is.equals("allow");
        lost |= was.equals("allow") && is.equals("deny");
      }
      String shown = before.source() + "\n" + after.source() + "\n" + caller + "\n" + change;
      assertEquals(gained, contains(change.gained(), caller), shown);
      assertEquals(lost, contains(change.lost(), caller), shown);
      assertTrue(!unknown || !change.undetermined().isEmpty(), shown);
      gains += gained ? 1 : 0;
    }
    for (Callers callers : change.gained()) {
      assertTrue(callers.contains(callers.example()), callers.toString());
      assertFalse(
          contains(change.gained(), callers.example()) && never(world, before, after, callers));
    }
    return gains;
  }

  /// Whether nobody gains at any moment by the example, although it is said to.
  private static boolean never(
      World world, TrustPolicy before, TrustPolicy after, Callers callers) {
    return moments().stream()
        .noneMatch(
            moment ->
                decide(before, world.kind().requests(callers.example()), moment).equals("deny")
                    && decide(after, world.kind().requests(callers.example()), moment)
                        .equals("allow"));
  }

  private static List<Map<String, String>> moments() {
    List<Map<String, String>> moments = List.of(Map.of());
    for (Map.Entry<String, List<String>> key : MOMENTS.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> moment : moments) {
        for (String value : key.getValue()) {
          Map<String, String> one = new TreeMap<>(moment);
          one.put(key.getKey(), value);
          more.add(one);
        }
      }
      moments = more;
    }
    return moments;
  }

  private static String decide(
      TrustPolicy policy, List<Request> requests, Map<String, String> moment) {
    String all = "allow";
    for (Request request : requests) {
      Map<String, List<String>> context = new TreeMap<>(request.context());
      moment.forEach(
          (key, value) -> context.put(key, value.isEmpty() ? List.of() : List.of(value)));
      Request now =
          new Request(
              request.kind(),
              request.principal(),
              request.roleAccount(),
              request.action(),
              context,
              request.undetermined());
      switch (TrustEvaluator.withoutTrace(policy, now)) {
        case Decision.Denied _ -> {
          return "deny";
        }
        case Decision.Unknown _ -> all = "unknown";
        case Decision.Allowed _ -> {}
      }
    }
    return all;
  }

  private static boolean contains(List<Callers> all, Map<Claim, String> caller) {
    return all.stream().anyMatch(callers -> callers.contains(caller));
  }

  private static TrustPolicy policy(World world, Random random, boolean moments) {
    List<String> statements = new ArrayList<>();
    do {
      Set<String> conditions = new LinkedHashSet<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        conditions.add(condition(world, random));
      }
      if (moments && random.nextInt(3) > 0) {
        conditions.add(moment(random));
      }
      statements.add(statement(world, random, String.join(", ", byOperator(conditions))));
    } while (random.nextInt(3) == 0);
    String text =
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}";
    return TrustPolicyParser.parse(text).policy().orElseThrow(() -> new AssertionError(text));
  }

  /// An operator stands once in a statement: IAM refuses members that stand twice.
  private static List<String> byOperator(Set<String> conditions) {
    Map<String, String> byOperator = new TreeMap<>();
    conditions.forEach(
        one -> byOperator.putIfAbsent(one.substring(0, one.indexOf(':', one.indexOf("\":"))), one));
    return List.copyOf(byOperator.values());
  }

  private static String statement(World world, Random random, String conditions) {
    boolean web = world.kind() instanceof WebIdentityCallers;
    String principal =
        web ? "\"Federated\": \"" + PROVIDER + "\"" : "\"Service\": \"pods.eks.amazonaws.com\"";
    String action =
        web
            ? "\"sts:AssumeRoleWithWebIdentity\""
            : random.nextInt(5) == 0
                ? "\"sts:AssumeRole\""
                : "[\"sts:AssumeRole\", \"sts:TagSession\"]";
    return "{\"Effect\": \"%s\", \"Principal\": {%s}, \"Action\": %s, \"Condition\": {%s}}"
        .formatted(random.nextInt(4) == 0 ? "Deny" : "Allow", principal, action, conditions);
  }

  private static String condition(World world, Random random) {
    // Text operators are what policies are made of; the others must not be wrong.
    Comparison comparison =
        random.nextInt(5) > 0
            ? pick(random, Arrays.asList(Comparison.values()).subList(0, 6))
            : pick(random, Arrays.asList(Comparison.values()));
    String set = pick(random, List.of("", "", "", "", "ForAllValues:", "ForAnyValue:"));
    String ifExists = comparison != Comparison.NULL && random.nextInt(6) == 0 ? "IfExists" : "";
    Key key = pick(random, world.keys());
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      values.add(
          comparison == Comparison.NULL || comparison == Comparison.BOOL
              ? pick(random, List.of("true", "false"))
              : pick(random, key.values()));
    }
    return "\"%s%s%s\": {\"%s\": [\"%s\"]}"
        .formatted(set, comparison.element(), ifExists, key.name(), String.join("\", \"", values));
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}

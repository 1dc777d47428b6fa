package io.github.eksidentity.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.policy.admit.AdmissionChange;
import io.github.eksidentity.core.policy.admit.CallerKind;
import io.github.eksidentity.core.policy.admit.Callers;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.admit.PrincipalChange;
import io.github.eksidentity.core.policy.admit.TextPattern;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PolicyDiffTest {
  private static final String ISSUER =
      "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
  private static final String CLUSTER = "arn:aws:eks:eu-west-1:111122223333:cluster/prod";
  private static final String S = "system:serviceaccount:";

  private static TrustPolicy policy(String... statements) {
    String text =
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}";
    return TrustPolicyParser.parse(text).policy().orElseThrow();
  }

  private static String irsa(String effect, String... conditions) {
    return """
    {"Effect": "%s", "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
     "Condition": {%s}}\
    """
        .formatted(effect, PROVIDER, String.join(", ", conditions).replace("$", ISSUER));
  }

  private static String sub(String operator, String... values) {
    return "\"%s\": {\"$:sub\": [\"%s\"]}".formatted(operator, String.join("\", \"", values));
  }

  private static String pods(String... conditions) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
     "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {"StringLike": {%s}}}\
    """
        .formatted(String.join(", ", conditions));
  }

  private static AdmissionChange change(TrustPolicy before, TrustPolicy after) {
    PolicyDiff diff = PolicyDiff.of(before, after);
    assertEquals(1, diff.ways().size());
    return diff.ways().getFirst().change();
  }

  private static Callers.Match match(List<String> all, List<String> none) {
    return new Callers.Match(
        all.stream().map(TextPattern::of).toList(), none.stream().map(TextPattern::of).toList());
  }

  @Test
  void theSamePolicyInOtherWordsChangesNothing() {
    PolicyDiff diff =
        PolicyDiff.of(
            policy(irsa("Allow", sub("StringEquals", S + "a:b", S + "c:d"))),
            policy(
                irsa("Allow", sub("StringEquals", S + "c:d")),
                irsa("Allow", sub("StringLike", S + "a:b"))));
    assertEquals(AdmissionChange.NOTHING, diff.ways().getFirst().change());
    assertEquals(PolicyDiff.Verdict.NO_GAIN, diff.verdict());
  }

  @Test
  void aWiderPatternLetsInTheDifference() {
    AdmissionChange change =
        change(
            policy(irsa("Allow", sub("StringEquals", S + "a:b"))),
            policy(irsa("Allow", sub("StringLike", S + "a:*"))));
    assertEquals(List.of(), change.lost());
    assertEquals(1, change.gained().size());
    assertEquals(
        Map.of(Claim.SUBJECT, match(List.of(S + "a:*"), List.of(S + "a:b"))),
        change.gained().getFirst().claims());
    assertTrue(
        change.gained().getFirst().contains(change.gained().getFirst().example()),
        change.toString());
  }

  @Test
  void aDenyThatGoesAwayLetsInWhatBothMatch() {
    String allow = irsa("Allow", sub("StringLike", S + "a:*"));
    AdmissionChange change =
        change(policy(allow, irsa("Deny", sub("StringLike", "*:default"))), policy(allow));
    assertEquals(
        List.of(Map.of(Claim.SUBJECT, match(List.of(S + "a:*", "*:default"), List.of()))),
        change.gained().stream().map(Callers::claims).toList());
    assertEquals(S + "a:default", change.gained().getFirst().example().get(Claim.SUBJECT));
  }

  @Test
  void aDroppedAudienceLetsInTokensForOthers() {
    String audience = "\"ForAnyValue:StringEquals\": {\"$:aud\": \"sts.amazonaws.com\"}";
    AdmissionChange change =
        change(
            policy(irsa("Allow", sub("StringEquals", S + "a:b"), audience)),
            policy(irsa("Allow", sub("StringEquals", S + "a:b"))));
    assertEquals(List.of(), change.lost());
    assertEquals(
        List.of(
            Map.of(
                Claim.SUBJECT,
                match(List.of(S + "a:b"), List.of()),
                Claim.AUDIENCE,
                match(List.of(), List.of("sts.amazonaws.com")))),
        change.gained().stream().map(Callers::claims).toList());
  }

  @Test
  void aConditionOnTheMomentThatStaysDoesNotHideAGain() {
    String address = "\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}";
    AdmissionChange change =
        change(
            policy(irsa("Allow", sub("StringEquals", S + "a:b"), address)),
            policy(irsa("Allow", sub("StringEquals", S + "a:b", S + "c:d"), address)));
    assertEquals(List.of(), change.undetermined());
    assertEquals(List.of(), change.lost());
    assertEquals(
        List.of(
            new Callers(
                Map.of(Claim.SUBJECT, match(List.of(S + "c:d"), List.of())),
                Map.of(Claim.SUBJECT, S + "c:d", Claim.AUDIENCE, "sts.amazonaws.com"),
                List.of("IpAddress aws:SourceIp [10.0.0.0/8]"))),
        change.gained());
  }

  @Test
  void whatTheDocumentationLeavesOpenIsUnknownAndNotNothing() {
    PolicyDiff diff =
        PolicyDiff.of(
            policy(irsa("Allow", sub("StringEquals", S + "a:b"))),
            policy(irsa("Allow", "\"ForAnyValue:Null\": {\"$:sub\": \"false\"}")));
    assertEquals(PolicyDiff.Verdict.UNKNOWN, diff.verdict());
    assertTrue(diff.ways().getFirst().change().undetermined().getFirst().mayGain());
  }

  @Test
  void aNewProviderIsANewWayIn() {
    PolicyDiff diff =
        PolicyDiff.of(
            policy(pods()), policy(pods(), irsa("Allow", sub("StringEquals", S + "a:b"))));
    assertEquals(
        List.of(Optional.of(PROVIDER), Optional.empty()),
        diff.ways().stream().map(PolicyDiff.Way::provider).toList());
    assertEquals(1, diff.ways().getFirst().change().gained().size());
    assertEquals(AdmissionChange.NOTHING, diff.ways().getLast().change());
    assertEquals(PolicyDiff.Verdict.GAIN, diff.verdict());
  }

  @Test
  void podIdentityIsComparedByClusterNamespaceAndServiceAccount() {
    String cluster = "\"aws:RequestTag/eks-cluster-arn\": \"" + CLUSTER + "\"";
    String namespace = "\"aws:RequestTag/kubernetes-namespace\": \"payments\"";
    AdmissionChange change = change(policy(pods(cluster, namespace)), policy(pods(namespace)));
    assertEquals(List.of(), change.lost());
    assertEquals(
        List.of(
            Map.of(
                Claim.CLUSTER,
                match(List.of(), List.of(CLUSTER)),
                Claim.NAMESPACE,
                match(List.of("payments"), List.of()),
                Claim.SESSION_TAGS,
                match(List.of(Claim.ON), List.of()))),
        change.gained().stream().map(Callers::claims).toList());
  }

  @Test
  void losingTagSessionShutsOutAssociationsWithTags() {
    String without = pods().replace(", \"sts:TagSession\"", "");
    AdmissionChange change = change(policy(pods()), policy(without));
    assertEquals(List.of(), change.gained());
    assertEquals(
        List.of(Map.of(Claim.SESSION_TAGS, match(List.of(Claim.ON), List.of()))),
        change.lost().stream().map(Callers::claims).toList());
  }

  @Test
  void otherPrincipalsAreNamed() {
    String root =
        "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\":"
            + " \"arn:aws:iam::111122223333:root\"}, \"Action\": \"sts:AssumeRole\"}";
    String guarded =
        root.replace(
            "sts:AssumeRole\"", "sts:AssumeRole\", \"Condition\": {\"Bool\": {\"a:b\": true}}");
    assertEquals(
        List.of(
            new PrincipalChange("AWS arn:aws:iam::111122223333:root", PrincipalChange.Kind.GAINED)),
        PolicyDiff.of(policy(pods()), policy(pods(), root)).others());
    assertEquals(
        PolicyDiff.Verdict.NO_GAIN, PolicyDiff.of(policy(pods(), root), policy(pods())).verdict());
    assertEquals(
        PolicyDiff.Verdict.GAIN,
        PolicyDiff.of(policy(pods(), guarded), policy(pods(), root)).verdict());
    assertEquals(
        PolicyDiff.Verdict.NO_GAIN,
        PolicyDiff.of(policy(pods(), root), policy(pods(), guarded)).verdict());
    assertEquals(List.of(), PolicyDiff.of(policy(pods(), root), policy(root, pods())).others());
  }

  private static String other(String principal, String conditions) {
    return "{\"Effect\": \"Allow\", \"Principal\": {"
        + principal
        + "}, \"Action\": \"sts:AssumeRole\", \"Condition\": {"
        + conditions
        + "}}";
  }

  /// Each pair of policies, and the verdict on the step from the first to the second.
  @Test
  void otherPrincipalsAreComparedByEverythingThatACallMayBring() {
    String id = "\"AWS\": \"111122223333\"";
    String root = "\"AWS\": \"arn:aws:iam::111122223333:root\"";
    String role = "\"AWS\": \"arn:aws:iam::111122223333:role/a\"";
    String both = "\"AWS\": [\"arn:aws:iam::111122223333:role/a\", \"111122223333\"]";
    String everybody = "\"AWS\": \"*\"";
    String ten = "\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}";
    String part = "\"IpAddress\": {\"aws:SourceIp\": \"10.1.0.0/16\"}";
    String org = "\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-1\"}";
    assertVerdict(PolicyDiff.Verdict.NO_GAIN, other(id, ""), other(root, ""));
    assertVerdict(PolicyDiff.Verdict.NO_GAIN, other(root, ""), other(id, ""));
    assertVerdict(PolicyDiff.Verdict.GAIN, other(id, ""), other(id.replace("1111", "2222"), ""));
    assertVerdict(PolicyDiff.Verdict.NO_GAIN, other(root, ten), other(id, part));
    assertVerdict(PolicyDiff.Verdict.GAIN, other(root, part), other(id, ten));
    assertVerdict(PolicyDiff.Verdict.NO_GAIN, other(root, ""), other(root, org));
    assertVerdict(PolicyDiff.Verdict.GAIN, other(root, org), other(root, ""));
    assertVerdict(PolicyDiff.Verdict.NO_GAIN, other(both, ""), other(role, ""));
    assertVerdict(PolicyDiff.Verdict.GAIN, other(role, ""), other(both, ""));
    assertVerdict(PolicyDiff.Verdict.NO_GAIN, other(everybody, ""), other(root, ""));
    assertVerdict(PolicyDiff.Verdict.GAIN, other(root, ""), other(everybody, ""));
    assertVerdict(
        PolicyDiff.Verdict.NO_GAIN,
        other(role, ""),
        other(role, "\"ArnEquals\": {\"aws:PrincipalArn\": \"arn:aws:iam::111122223333:role/*\"}"));
    assertVerdict(
        PolicyDiff.Verdict.UNKNOWN,
        other(role, ""),
        other(role, "\"StringEquals\": {\"aws:userid\": \"${aws:username}\"}"));
  }

  private static void assertVerdict(PolicyDiff.Verdict verdict, String before, String after) {
    assertEquals(
        verdict, PolicyDiff.of(policy(before), policy(after)).verdict(), before + "\n" + after);
  }

  @Test
  void capitalsAndStarsAreLettersOfNamesToo() {
    String prod = "arn:aws:eks:eu-west-1:111122223333:cluster/PROD";
    TrustPolicy exact =
        policy(
            pods()
                .replace(
                    "{\"StringLike\": {}}",
                    "{\"StringEquals\": {\"aws:RequestTag/eks-cluster-name\": \"prod\"}}"));
    TrustPolicy anyCase =
        policy(
            pods()
                .replace(
                    "{\"StringLike\": {}}",
                    "{\"StringEqualsIgnoreCase\": {\"aws:RequestTag/eks-cluster-name\":"
                        + " \"prod\"}}"));
    Map<Claim, String> caller =
        Map.of(
            Claim.CLUSTER,
            prod,
            Claim.NAMESPACE,
            "a",
            Claim.SERVICE_ACCOUNT,
            "b",
            Claim.SESSION_TAGS,
            Claim.ON);
    assertTrue(contains(change(exact, anyCase).gained(), caller));
    assertTrue(contains(change(anyCase, exact).lost(), caller));
    assertFalse(
        contains(
            change(anyCase, policy(pods("\"aws:RequestTag/eks-cluster-name\": \"*\""))).gained(),
            caller));
    String audience = "\"StringEquals\": {\"$:aud\": [%s]}";
    AdmissionChange star =
        change(
            policy(irsa("Allow", audience.formatted("\"a\""))),
            policy(irsa("Allow", audience.formatted("\"a\", \"*\""))));
    assertEquals(
        List.of("[*]"),
        star.gained().stream()
            .flatMap(callers -> Optional.ofNullable(callers.claims().get(Claim.AUDIENCE)).stream())
            .flatMap(match -> match.all().stream())
            .map(TextPattern::shell)
            .toList());
    assertEquals("*", star.gained().getFirst().example().get(Claim.AUDIENCE));
  }

  /// What the comparison says of a caller is what the evaluator says of it under both policies,
  /// whatever the caller.
  @Test
  void agreesWithTheEvaluator() {
    Random random = new Random(11);
    int gains = 0;
    int losses = 0;
    for (int round = 0; round < 150; round++) {
      boolean web = random.nextInt(3) > 0;
      TrustPolicy before = web ? randomWeb(random) : randomPods(random);
      TrustPolicy after = web ? randomWeb(random) : randomPods(random);
      CallerKind entrance =
          web ? new WebIdentityCallers(PROVIDER, ISSUER) : new PodIdentityCallers();
      AdmissionChange change = AdmissionChange.of(before, after, entrance);
      assertEquals(List.of(), change.undetermined());
      for (Map<Claim, String> caller : callers(web)) {
        boolean was = admitted(before, entrance.requests(caller));
        boolean is = admitted(after, entrance.requests(caller));
        String shown = before.source() + "\n" + after.source() + "\n" + caller + "\n" + change;
        assertEquals(!was && is, contains(change.gained(), caller), shown);
        assertEquals(was && !is, contains(change.lost(), caller), shown);
        gains += !was && is ? 1 : 0;
        losses += was && !is ? 1 : 0;
      }
      for (Callers callers : change.gained()) {
        assertTrue(callers.contains(callers.example()), callers.toString());
        assertTrue(admitted(after, entrance.requests(callers.example())));
        assertFalse(admitted(before, entrance.requests(callers.example())));
      }
    }
    assertTrue(gains > 500 && losses > 500, gains + " gains, " + losses + " losses");
  }

  private static boolean contains(List<Callers> all, Map<Claim, String> caller) {
    return all.stream().anyMatch(callers -> callers.contains(caller));
  }

  private static boolean admitted(TrustPolicy policy, List<Request> requests) {
    return requests.stream()
        .allMatch(request -> TrustEvaluator.evaluate(policy, request) instanceof Decision.Allowed);
  }

  private static List<Map<Claim, String>> callers(boolean web) {
    List<Map<Claim, String>> callers = new ArrayList<>();
    for (String namespace : List.of("a", "ab", "b", "kube-system", "a-b")) {
      for (String name : List.of("a", "app", "b.app", "default", "x")) {
        if (web) {
          for (String audience : List.of("sts.amazonaws.com", "vault", "vaults", "STS")) {
            Map<Claim, String> caller = new EnumMap<>(Claim.class);
            caller.put(Claim.SUBJECT, S + namespace + ":" + name);
            caller.put(Claim.AUDIENCE, audience);
            callers.add(caller);
          }
        } else {
          for (String cluster : List.of(CLUSTER, CLUSTER + "-2", CLUSTER.replace("1111", "2222"))) {
            for (String tags : List.of(Claim.ON, Claim.OFF)) {
              callers.add(
                  Map.of(
                      Claim.CLUSTER, cluster,
                      Claim.NAMESPACE, namespace,
                      Claim.SERVICE_ACCOUNT, name,
                      Claim.SESSION_TAGS, tags));
            }
          }
        }
      }
    }
    return callers;
  }

  private static TrustPolicy randomWeb(Random random) {
    List<String> statements = new ArrayList<>();
    statements.add(irsa("Allow", randomConditions(random)));
    while (random.nextBoolean()) {
      statements.add(irsa(random.nextInt(3) == 0 ? "Deny" : "Allow", randomConditions(random)));
    }
    return policy(statements.toArray(String[]::new));
  }

  private static String[] randomConditions(Random random) {
    List<String> subjects =
        List.of("a:app", "a:*", "*:app", "*", "a*:a*", "?:default", "b:b.app", "a-b:*x", "*b:*");
    List<String> operators =
        List.of("StringLike", "StringNotLike", "StringEquals", "ForAnyValue:StringLike");
    List<String> audiences = List.of("sts.amazonaws.com", "vault", "vault*", "?TS");
    List<String> conditions = new ArrayList<>();
    if (random.nextInt(8) > 0) {
      conditions.add(
          sub(pick(operators, random), S + pick(subjects, random), S + pick(subjects, random)));
    }
    if (random.nextInt(3) == 0) {
      conditions.add(
          "\"StringLikeIfExists\": {\"$:%s\": \"%s\"}"
              .formatted(random.nextBoolean() ? "aud" : "AUD", pick(audiences, random)));
    }
    if (random.nextInt(4) == 0) {
      conditions.add(sub("StringNotEquals", S + pick(subjects, random)));
    }
    return conditions.stream().distinct().toArray(String[]::new);
  }

  private static TrustPolicy randomPods(Random random) {
    List<String> statements = new ArrayList<>();
    do {
      List<String> conditions = new ArrayList<>();
      if (random.nextBoolean()) {
        conditions.add(
            "\"aws:RequestTag/kubernetes-namespace\": \""
                + pick(List.of("a", "a*", "*b", "kube-system"), random)
                + "\"");
      }
      if (random.nextInt(3) == 0) {
        conditions.add(
            "\"aws:RequestTag/kubernetes-service-account\": \""
                + pick(List.of("app", "*app", "x"), random)
                + "\"");
      }
      if (random.nextInt(3) == 0) {
        conditions.add(
            "\"aws:SourceArn\": \""
                + pick(List.of(CLUSTER, CLUSTER + "*", "arn:aws:eks:*:1*"), random)
                + "\"");
      }
      if (random.nextInt(3) == 0) {
        conditions.add(
            "\"aws:SourceAccount\": \"" + pick(List.of("111122223333", "2222*"), random) + "\"");
      }
      if (random.nextInt(4) == 0) {
        conditions.add("\"aws:RequestTag/eks-cluster-name\": \"prod\"");
      }
      String statement = pods(conditions.toArray(String[]::new));
      statement =
          random.nextInt(3) == 0 ? statement.replace(", \"sts:TagSession\"", "") : statement;
      statements.add(random.nextInt(4) == 0 ? statement.replace("Allow", "Deny") : statement);
    } while (random.nextBoolean());
    return policy(statements.toArray(String[]::new));
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}

package io.github.eksidentity.core.policy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.KeyNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private static final String ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF";
  private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
  private static final WebIdentityCall DOOR =
      new WebIdentityCall(
          PROVIDER, ISSUER, "sts.amazonaws.com", "111122223333", KeyNames.of("aws:sourceip"));

  @Test
  void exactNamesAreFinite() {
    assertEquals(
        new SubjectSet.Finite(
            new TreeSet<>(Set.of("system:serviceaccount:a:b", "system:serviceaccount:c:d"))),
        admits(
            allow(
                "\"StringEquals\": {\"$:sub\": [\"system:serviceaccount:a:b\","
                    + " \"system:serviceaccount:c:d\", \"no subject\"]}")));
  }

  @Test
  void likeWithoutWildcardIsExact() {
    assertEquals(
        new SubjectSet.Finite(new TreeSet<>(Set.of("system:serviceaccount:a:b"))),
        admits(allow("\"StringLike\": {\"$:sub\": \"system:serviceaccount:a:b\"}")));
  }

  @Test
  void aPatternIsAPattern() {
    assertEquals(
        new SubjectSet.Matching(List.of("system:serviceaccount:a:*"), List.of()),
        admits(allow("\"StringLike\": {\"$:sub\": \"system:serviceaccount:a:*\"}")));
  }

  @Test
  void patternsThatEverySubjectMatchesAreEverything() {
    for (String pattern :
        List.of("*", "system:*", "system:serviceaccount:*", "system:serviceaccount:?*:*?")) {
      assertEquals(
          new SubjectSet.Everything(),
          admits(allow("\"StringLike\": {\"$:sub\": \"" + pattern + "\"}")),
          pattern);
    }
  }

  @Test
  void anExactNameNarrowsAPattern() {
    assertEquals(
        new SubjectSet.Finite(new TreeSet<>(Set.of("system:serviceaccount:a:b"))),
        admits(
            allow(
                "\"StringLike\": {\"$:sub\": \"system:serviceaccount:a:*\"}, \"StringEquals\":"
                    + " {\"$:sub\": [\"system:serviceaccount:a:b\","
                    + " \"system:serviceaccount:c:b\"]}")));
  }

  @Test
  void valuesThatContradictAdmitNobody() {
    assertEquals(
        new SubjectSet.None(),
        admits(
            allow(
                "\"StringLike\": {\"$:sub\": \"system:serviceaccount:a:*\"}, \"StringEquals\":"
                    + " {\"$:sub\": \"system:serviceaccount:b:c\"}")));
  }

  @Test
  void valuesThatNoTokenCarriesAdmitNobody() {
    for (String value :
        List.of(
            "system:serviceaccount:A:b",
            "system:serviceaccount:a",
            "a/b",
            "system:serviceaccount:a_b:*",
            "system:serviceaccount:*:*:*")) {
      assertEquals(
          new SubjectSet.None(),
          admits(allow("\"StringLike\": {\"$:sub\": \"" + value + "\"}")),
          value);
    }
  }

  @Test
  void negatedOperatorsLeaveTheRest() {
    assertEquals(
        new SubjectSet.EverythingExcept(List.of("system:serviceaccount:a:*")),
        admits(allow("\"StringNotLike\": {\"$:sub\": \"system:serviceaccount:a:*\"}")));
  }

  @Test
  void aDenyTakesAway() {
    String allow = allow("\"StringLike\": {\"$:sub\": \"system:serviceaccount:a:*\"}");
    String deny =
        allow("\"StringEquals\": {\"$:sub\": \"system:serviceaccount:a:b\"}")
            .replace("Allow", "Deny");
    SubjectSet admitted = admits(allow, deny);
    assertEquals(
        new SubjectSet.Matching(
            List.of("system:serviceaccount:a:*"), List.of("system:serviceaccount:a:b")),
        admitted);
    assertTrue(Admission.contains(admitted, "system:serviceaccount:a:c"));
    assertEquals(false, Admission.contains(admitted, "system:serviceaccount:a:b"));
  }

  @Test
  void anotherAudienceAdmitsNobody() {
    assertEquals(
        new SubjectSet.None(),
        admits(
            allow(
                "\"StringEquals\": {\"$:sub\": \"system:serviceaccount:a:b\", \"$:aud\":"
                    + " \"vault\"}")));
  }

  @Test
  void whatHangsOnAnAddressIsUndetermined() {
    assertInstanceOf(
        SubjectSet.Undetermined.class,
        admits(
            allow(
                "\"StringEquals\": {\"$:sub\": \"system:serviceaccount:a:b\"}, \"IpAddress\":"
                    + " {\"aws:SourceIp\": \"10.0.0.0/8\"}")));
  }

  @Test
  void whatIsDeadAnywayIsNotUndetermined() {
    assertEquals(
        new SubjectSet.None(),
        admits(
            allow(
                "\"StringEquals\": {\"$:sub\": \"nobody\"}, \"IpAddress\": {\"aws:SourceIp\":"
                    + " \"10.0.0.0/8\"}")));
  }

  @Test
  void theExampleIsSomebodyUnexpected() {
    SubjectSet prefix =
        admits(allow("\"StringLike\": {\"$:sub\": \"system:serviceaccount:team-a*:app\"}"));
    assertEquals(
        Optional.of("system:serviceaccount:team-ab:app"),
        Admission.example(prefix, Set.of("system:serviceaccount:team-a:app")));
    SubjectSet exact =
        admits(allow("\"StringEquals\": {\"$:sub\": \"system:serviceaccount:a:b\"}"));
    assertEquals(Optional.empty(), Admission.example(exact, Set.of("system:serviceaccount:a:b")));
    SubjectSet rest =
        admits(
            allow(
                "\"StringNotLike\": {\"$:sub\": [\"system:serviceaccount:[a-z]*\", \"*default*\","
                    + " \"*other*\"]}"));
    assertTrue(
        Admission.example(rest, SubjectSet.NOBODY)
            .filter(subject -> Admission.contains(rest, subject))
            .isPresent());
  }

  @Test
  void hostilePatternsEndInTime() {
    String pattern = "*a".repeat(200) + "*";
    SubjectSet admitted = admits(allow("\"StringLike\": {\"$:sub\": \"" + pattern + "\"}"));
    assertInstanceOf(SubjectSet.class, admitted);
  }

  private static String allow(String conditions) {
    return """
    {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
     "Condition": {%s}}\
    """
        .formatted(PROVIDER, conditions.replace("$", ISSUER));
  }

  private static SubjectSet admits(String... statements) {
    String document =
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}";
    return Admission.of(TrustPolicyParser.parse(document).policy().orElseThrow(), DOOR);
  }
}

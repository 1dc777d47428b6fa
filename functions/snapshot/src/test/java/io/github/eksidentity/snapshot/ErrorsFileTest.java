package io.github.eksidentity.snapshot;

import static io.github.eksidentity.snapshot.Samples.CLUSTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsFileTest {
  private static final String DENIED =
      "User: arn:aws:iam::111122223333:user/auditor is not authorized to perform:"
          + " eks:ListClusters on resource: *";

  @Test
  void aDeniedCallNamesTheMissingPermission() {
    Inventory inventory =
        Samples.complete()
            .without("regions.json")
            .with("errors.json", entry("eks/eu-west-3", "AccessDeniedException", DENIED))
            .read()
            .inventory();
    assertEquals(
        new Coverage.Failed("AccessDeniedException: " + DENIED, Optional.of("eks:ListClusters")),
        inventory.coverageOf(Scope.region("eu-west-3")));
    assertEquals(List.of("eu-west-1", "eu-west-3"), inventory.regions());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "associations/eu-west-1/prod",
        "pod-identity-associations/eu-west-1/prod",
        "Associations/eu-west-1/prod"
      })
  void aScopeMayBeWrittenInAnyUsualForm(String scope) {
    Inventory inventory =
        Samples.complete()
            .without(CLUSTER + "pod-identity-associations.json")
            .with("errors.json", entry(scope, "Timeout", "no answer"))
            .read()
            .inventory();
    assertEquals(
        new Coverage.Failed("Timeout: no answer", Optional.empty()),
        inventory.coverageOf(Scope.cluster(Kind.ASSOCIATIONS, "eu-west-1", "prod")));
  }

  @Test
  void anErrorBesideAnswersMakesTheScopePartial() {
    Inventory inventory =
        Samples.complete()
            .with("errors.json", entry("addons/eu-west-1/prod/coredns", "Throttling", "slow down"))
            .read()
            .inventory();
    assertEquals(
        new Coverage.Partial("Throttling: slow down", Optional.empty()),
        inventory.coverageOf(Scope.cluster(Kind.ADDONS, "eu-west-1", "prod")));
  }

  @Test
  void severalErrorsOfAScopeAreCounted() {
    Inventory inventory =
        Samples.complete()
            .with(
                "errors.json",
                """
                [{"scope": "eks/eu-west-1/a", "message": "first"},
                 {"scope": "eks/eu-west-1/b", "message": "second"}]
                """)
            .read()
            .inventory();
    assertEquals("first (and 1 more)", inventory.coverageOf(Scope.region("eu-west-1")).reason());
  }

  @Test
  void deniedIamFailsEverythingAboutRoles() {
    Inventory inventory =
        Samples.complete()
            .without("authorization-details.json")
            .with("errors.json", entry("iam", "AccessDenied", "no"))
            .read()
            .inventory();
    for (Kind kind : List.of(Kind.IAM, Kind.IAM_POLICIES, Kind.IAM_USAGE)) {
      assertEquals("failed", inventory.coverageOf(Scope.account(kind)).status());
    }
  }

  @Test
  void whatNoRuleReadsMayFail() {
    Inventory inventory =
        Samples.complete()
            .with("errors.json", entry("fargate-profiles/eu-west-1/prod", "Forbidden", "no"))
            .read()
            .inventory();
    assertTrue(inventory.coverage().values().stream().allMatch(Coverage::isComplete));
  }

  @Test
  void theStatusMayBeSaid() {
    Inventory inventory =
        Samples.complete()
            .with(
                "errors.json",
                """
                [{"scope": "oidc", "status": "skipped", "message": "not asked for"},
                 {"scope": "iam", "status": "failed", "message": "x", "permission": "iam:ListRoles"}]
                """)
            .read()
            .inventory();
    assertEquals(
        new Coverage.Skipped("not asked for"), inventory.coverageOf(Scope.account(Kind.OIDC)));
    assertEquals(
        new Coverage.Failed("x", Optional.of("iam:ListRoles")),
        inventory.coverageOf(Scope.account(Kind.IAM)));
  }

  private static String entry(String scope, String error, String message) {
    return "[{\"scope\": \"%s\", \"error\": \"%s\", \"message\": \"%s\"}]"
        .formatted(scope, error, message);
  }
}

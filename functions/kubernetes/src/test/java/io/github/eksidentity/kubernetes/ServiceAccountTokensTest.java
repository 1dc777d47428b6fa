package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.KubernetesBed.Behaviour;
import io.github.eksidentity.testbed.KubernetesFault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Asks clusters of the test bed for tokens. Beyond the [ClusterReadingContract], what is no token
/// is a reason, and no reason holds what the cluster sent.
final class ServiceAccountTokensTest {
  private static final Inventory THERE = Clusters.account(1, 1);
  private static final Cluster CLUSTER = THERE.clusters().getFirst();
  private static final ServiceAccount ACCOUNT = CLUSTER.kubernetes().serviceAccounts().getFirst();

  @Test
  void anAudienceIsATextAndNoPartOfTheRequest() {
    try (KubernetesBed bed = KubernetesBed.serve(THERE, Behaviour.PROMPT)) {
      ask(bed, ACCOUNT.name(), "a\"], \"expirationSeconds\": 86400, \"x\": [\"b");

      assertTrue(
          bed.requests().getFirst().body().contains("a\\\"], \\\"expirationSeconds\\\": 86400"),
          bed.requests().getFirst().body());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"status\": {\"token\": \"\"}}",
        "application/json | {\"status\": {\"token\": [\"s3cr3t\"]}}",
        "application/json | {\"status\": {\"token\": \"s3cr3t\"",
        "application/json | {\"token\": \"s3cr3t\"}",
        "application/json | s3cr3t",
        "text/html | s3cr3t",
      })
  void anAnswerWithoutATokenIsAReasonThatQuotesNothing(String type, String body) {
    Behaviour odd =
        Behaviour.PROMPT.withFault(new KubernetesFault.Says(type, body), 0, 9, _ -> true);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, odd)) {
      String reason = reason(ask(bed, ACCOUNT.name(), "a"));
      assertFalse(reason.contains("s3cr3t"), reason);
      assertFalse(reason.isBlank());
    }
  }

  @Test
  void aClusterThatDoesNotKnowTheCallerIsSaid() {
    Behaviour unknown =
        Behaviour.PROMPT.withFault(new KubernetesFault.Refused(401, Map.of()), 0, 9, _ -> true);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, unknown)) {
      assertTrue(
          reason(ask(bed, ACCOUNT.name(), "a")).startsWith("401: the cluster does not know"));
    }
  }

  private static ServiceAccountTokens.Answer ask(
      KubernetesBed bed, String serviceAccount, String audience) {
    return ServiceAccountTokens.request(
        Beds.provider(bed),
        CLUSTER,
        ACCOUNT.namespace(),
        serviceAccount,
        audience,
        Duration.ofSeconds(60));
  }

  private static String reason(ServiceAccountTokens.Answer answer) {
    return assertInstanceOf(ServiceAccountTokens.NotGiven.class, answer).reason();
  }
}

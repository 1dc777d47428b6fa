package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.testbed.KubeApiServer;
import io.github.eksidentity.testbed.KubeRight;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// A real API server keeps the contract, and says what the test bed cannot know.
@EnabledIf(
    value = "io.github.eksidentity.testbed.KubeApiServer#isInstalled",
    disabledReason = KubeApiServer.MISSING)
final class KubeApiServerReadingTest extends ClusterReadingContract {
  private static final String PROBERS = "eks-identity-probe";

  private Optional<KubeApiServer> started = Optional.empty();

  @BeforeAll
  void start() {
    KubeApiServer server =
        KubeApiServer.start(CLUSTER.issuer().orElseThrow(), List.of(Manifest.GROUP, PROBERS));
    started = Optional.of(server);
    server.load(CLUSTER.kubernetes());
  }

  @AfterAll
  void stop() {
    started.ifPresent(KubeApiServer::close);
  }

  private KubeApiServer server() {
    return started.orElseThrow();
  }

  @Override
  ClusterAccess auditor(Set<Manifest> applied) throws AccessException {
    for (Manifest manifest : Manifest.values()) {
      boolean wanted = applied.contains(manifest);
      server().apply(manifest.text());
      if (!wanted) {
        server().delete(manifest.text());
      }
      manifest.rights().forEach(right -> server().awaitRight(Manifest.GROUP, right, wanted));
    }
    return access(Manifest.GROUP);
  }

  @Override
  ClusterAccess prober(Optional<String> serviceAccount) throws AccessException {
    String name = serviceAccount.orElse(ACCOUNT.name());
    String manifest = Manifest.probe(ACCOUNT.namespace(), name);
    server().apply(manifest);
    if (serviceAccount.isEmpty()) {
      server().delete(manifest);
    }
    server()
        .awaitRight(
            PROBERS, KubeRight.token(ACCOUNT.namespace(), name), serviceAccount.isPresent());
    return access(PROBERS);
  }

  private ClusterAccess access(String group) throws AccessException {
    return ClusterAccess.ofEks(
        server().endpoint(), server().authority(), new Caller.OfAws(() -> server().token(group)));
  }

  @Override
  void expireLists() {
    server().forgetHistory();
  }

  @Test
  void theManifestsAllowNothingButListing() throws AccessException {
    auditor(EnumSet.allOf(Manifest.class));

    List<KubeRight> others =
        Stream.concat(
                Stream.of("secrets", "configmaps", "nodes", "namespaces", "events")
                    .map(resource -> KubeRight.everywhere("list", "", resource)),
                Arrays.stream(Manifest.values())
                    .flatMap(manifest -> manifest.rights().stream())
                    .flatMap(KubeApiServerReadingTest::beyond))
            .toList();

    for (KubeRight other : others) {
      assertFalse(server().allows(Manifest.GROUP, other), other::toString);
    }
  }

  private static Stream<KubeRight> beyond(KubeRight right) {
    return Stream.concat(
        Stream.of("get", "watch", "create", "update", "patch", "delete")
            .map(verb -> KubeRight.everywhere(verb, right.apiGroup(), right.resource())),
        Stream.of("log", "exec", "status", "token").map(right::on));
  }

  @Test
  void theProberMakesTokensForTheNamedServiceAccountOnly() throws AccessException {
    ServiceAccountTokens.Answer answer =
        ask(prober(Optional.of("somebody-else")), ACCOUNT.name(), "sts.amazonaws.com");

    assertInstanceOf(ServiceAccountTokens.NotGiven.class, answer);
  }

  @Test
  void theTokenIsSignedByTheCluster() throws AccessException, GeneralSecurityException {
    ServiceAccountTokens.Given given =
        assertInstanceOf(
            ServiceAccountTokens.Given.class,
            ask(prober(Optional.of(ACCOUNT.name())), ACCOUNT.name(), "sts.amazonaws.com"));

    int dot = given.token().lastIndexOf('.');
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(server().verificationKey());
    signature.update(given.token().substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    assertTrue(signature.verify(Base64.getUrlDecoder().decode(given.token().substring(dot + 1))));
  }

  @Test
  void rolesThatKubernetesMakesAreToldApart() throws AccessException {
    Kubernetes facts = read(auditor(EnumSet.of(Manifest.RBAC))).clusters().getFirst().kubernetes();

    assertEquals(
        List.of(true),
        facts.rbac().roles().stream()
            .filter(role -> role.name().equals("cluster-admin"))
            .map(Rbac.Role::builtIn)
            .toList());
    assertEquals(
        List.of(List.of(new Rbac.Holder("Group", Optional.empty(), "system:masters"))),
        facts.rbac().bindings().stream()
            .filter(binding -> binding.name().equals("cluster-admin") && binding.builtIn())
            .map(Rbac.Binding::holders)
            .toList());
  }
}

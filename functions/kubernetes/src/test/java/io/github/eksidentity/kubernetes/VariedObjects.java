package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Container.Value;
import io.github.eksidentity.core.facts.Container.Variable;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Many objects of a cluster that are alike, and a few that use all that facts can tell.
final class VariedObjects {
  private static final Instant CREATED = Instant.parse("2026-11-18T06:00:00Z");
  private static final String NAMESPACE = "varied";

  private VariedObjects() {}

  static Kubernetes beside(Kubernetes alike) {
    return new Kubernetes(
        both(alike.serviceAccounts(), List.of(serviceAccount())),
        both(alike.pods(), List.of(withoutNode(), terminating())),
        both(alike.webhooks(), List.of(webhooks())),
        new Rbac(
            both(alike.rbac().roles(), List.of(everywhere(), tokenMaker())),
            both(alike.rbac().bindings(), List.of(tokenMakers(), readers()))));
  }

  private static <T> List<T> both(List<T> alike, List<T> varied) {
    return Stream.concat(alike.stream(), varied.stream()).toList();
  }

  private static ServiceAccount serviceAccount() {
    return new ServiceAccount(
        NAMESPACE,
        "ledger",
        Optional.of(CREATED),
        Map.of("app.kubernetes.io/name", "ledger", "empty", ""),
        Map.of(
            "eks.amazonaws.com/role-arn",
            " arn:aws:iam::111122223333:role/ledger\n",
            "eks.amazonaws.com/audience",
            "päyments \"quoted\"",
            "eks.amazonaws.com/sts-regional-endpoints",
            "false"));
  }

  private static Pod withoutNode() {
    Container init =
        new Container(
            "init",
            true,
            List.of(),
            List.of(
                new Container.Source("secretRef", "keys", ""),
                new Container.Source("configMapRef", "settings", "APP_")),
            List.of(
                new Container.Mount("own", "/own"),
                new Container.Mount("files", "/root/.aws/config", "config")));
    Container main =
        new Container(
            "main",
            false,
            List.of(
                new Variable("AWS_REGION", new Value.Literal("eu-west-1")),
                new Variable("AWS_REGION", new Value.Literal("")),
                new Variable("AWS_ACCESS_KEY_ID", new Value.FromElsewhere("secretKeyRef")),
                new Variable("AWS_PROFILE", new Value.FromElsewhere("configMapKeyRef")),
                new Variable("AWS_ROLE_SESSION_NAME", new Value.FromElsewhere("fieldRef")),
                new Variable("AWS_SECRET_ACCESS_KEY", new Value.Withheld())),
            List.of(),
            List.of());
    return new Pod(
        NAMESPACE,
        "without-node",
        "ledger",
        Optional.of(CREATED),
        "Pending",
        false,
        Map.of(Pod.FARGATE_LABEL, "fp"),
        Map.of("eks.amazonaws.com/skip-containers", "init,main"),
        Optional.empty(),
        Optional.of("fargate-scheduler"),
        new Pod.Os(
            Optional.of("windows"), Map.of("kubernetes.io/os", "windows"), List.of("windows")),
        Optional.empty(),
        List.of(init, main),
        List.of(new Pod.TokenVolume("own", "own-token", Optional.empty(), Optional.of(3607L))),
        List.of(new Pod.Volume("files", "configMap")),
        true,
        Optional.empty());
  }

  private static Pod terminating() {
    return new Pod(
        NAMESPACE,
        "terminating",
        "default",
        Optional.of(CREATED),
        "Running",
        true,
        Map.of(),
        Map.of(),
        Optional.of("ip-10-0-0-1"),
        Optional.of("default-scheduler"),
        Pod.Os.UNSAID,
        Optional.of(new Pod.Owner("StatefulSet", "ledger")),
        List.of(new Container("main", false, List.of(), List.of(), List.of())),
        List.of(),
        List.of(),
        false,
        Optional.of(false));
  }

  private static WebhookConfiguration webhooks() {
    return new WebhookConfiguration(
        "varied",
        List.of(
            new WebhookConfiguration.Webhook(
                "pods.webhook.example",
                "Fail",
                List.of(
                    new WebhookConfiguration.Rule(
                        List.of("", "apps"),
                        List.of("v1"),
                        List.of("CREATE", "UPDATE"),
                        List.of("pods", "deployments"),
                        "Namespaced")),
                new LabelSelector(
                    Map.of("inject", "yes"),
                    List.of(
                        new LabelSelector.Requirement(
                            "kubernetes.io/metadata.name", "NotIn", List.of("kube-system")))),
                new LabelSelector(
                    Map.of(),
                    List.of(new LabelSelector.Requirement("skip", "DoesNotExist", List.of()))),
                List.of("object.metadata.name != 'x'", "request.operation == \"CREATE\""),
                Optional.empty(),
                Optional.of("varied/webhook"))));
  }

  private static Rbac.Role everywhere() {
    return new Rbac.Role(
        Optional.empty(),
        "varied-everything",
        false,
        List.of(new Rbac.Rule(List.of("*"), List.of("*"), List.of("*"), List.of())));
  }

  private static Rbac.Role tokenMaker() {
    return new Rbac.Role(
        Optional.of(NAMESPACE),
        "token-maker",
        false,
        List.of(
            new Rbac.Rule(
                List.of(""),
                List.of("serviceaccounts/token"),
                List.of("create"),
                List.of("ledger"))));
  }

  private static Rbac.Binding tokenMakers() {
    return new Rbac.Binding(
        Optional.of(NAMESPACE),
        "token-makers",
        false,
        false,
        "token-maker",
        List.of(
            new Rbac.Holder("User", Optional.empty(), "arn:aws:iam::111122223333:user/ann"),
            new Rbac.Holder("Group", Optional.empty(), "deployers"),
            new Rbac.Holder("ServiceAccount", Optional.of("ns-1"), "sa-1")));
  }

  private static Rbac.Binding readers() {
    return new Rbac.Binding(
        Optional.of(NAMESPACE),
        "readers",
        false,
        true,
        "view",
        List.of(new Rbac.Holder("Group", Optional.empty(), "readers")));
  }
}

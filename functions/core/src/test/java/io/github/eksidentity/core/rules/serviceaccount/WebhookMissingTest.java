package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;

import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.facts.WebhookConfiguration.Webhook;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class WebhookMissingTest extends RuleContract {
  WebhookMissingTest() {
    super(new WebhookMissing());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("no configuration")
            .in(account().cluster("prod").kubernetes("prod").webhooks("prod"))
            .at(clusterArn("prod"))
            .saying("pod-identity-webhook"),
        flags("an objectSelector that asks for a label")
            .in(
                changed(
                    new LabelSelector(Map.of("inject", "true"), List.of()),
                    LabelSelector.EVERYTHING,
                    "CREATE"))
            .at(clusterArn("prod"))
            .saying("pods without labels"),
        flags("a namespaceSelector that leaves out a namespace")
            .in(
                changed(
                    LabelSelector.EVERYTHING,
                    new LabelSelector(
                        Map.of(),
                        List.of(
                            new LabelSelector.Requirement(
                                "kubernetes.io/metadata.name", "NotIn", List.of("payments")))),
                    "CREATE"))
            .at(clusterArn("prod"))
            .saying("payments"),
        flags("a namespaceSelector that asks for a label")
            .in(
                changed(
                    LabelSelector.EVERYTHING,
                    new LabelSelector(Map.of("irsa", "on"), List.of()),
                    "CREATE"))
            .at(clusterArn("prod"))
            .saying("leaves out every namespace"),
        flags("rules that cover updates alone")
            .in(changed(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING, "UPDATE"))
            .at(clusterArn("prod"))
            .saying("creation of pods"),
        accepts("the configuration that EKS makes")
            .in(account().cluster("prod").kubernetes("prod")),
        accepts("selectors that are empty")
            .in(changed(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING, "CREATE")));
  }

  private static TestAccount changed(
      LabelSelector objects, LabelSelector namespaces, String operation) {
    Webhook usual = TestAccount.defaultWebhook().webhooks().getFirst();
    Webhook changed =
        new Webhook(
            usual.name(),
            usual.failurePolicy(),
            List.of(
                new WebhookConfiguration.Rule(
                    List.of(""), List.of("v1"), List.of(operation), List.of("pods"), "*")),
            namespaces,
            objects,
            List.of(),
            usual.url(),
            usual.service());
    return account()
        .cluster("prod")
        .webhooks(
            "prod", new WebhookConfiguration(WebhookConfiguration.POD_IDENTITY, List.of(changed)));
  }
}

package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.stream.Stream;

final class PodStaticCredentialsTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  PodStaticCredentialsTest() {
    super(new PodStaticCredentials());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("access keys from a Secret")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable("app", "AWS_ACCESS_KEY_ID", fromSecret())
                                .apply(
                                    PodEdits.variable("app", "AWS_SECRET_ACCESS_KEY", fromSecret())
                                        .apply(pod))))
            .at("payments/ledger")
            .saying("AWS_ACCESS_KEY_ID"),
        flags("a profile")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_PROFILE", "legacy")))
            .at("payments/ledger"),
        flags("a file of credentials in a volume, beside Pod Identity")
            .in(
                associated()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.mounting("app", "/credentials", "secret")
                                .andThen(
                                    PodEdits.variable(
                                        "app", "AWS_SHARED_CREDENTIALS_FILE", "/credentials/cloud"))
                                .apply(pod)))
            .at("payments/ledger")
            .saying("AWS_SHARED_CREDENTIALS_FILE"),
        flags("a Secret at the .aws folder, which some SDKs read before web identity")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.mounting("app", "/root/.aws", "secret")))
            .at("payments/ledger")
            .severity(Severity.MEDIUM)
            .saying("/root/.aws"),
        undecided("a Secret as a whole whose name speaks of AWS")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.source("app", "secretRef", "aws-credentials")))
            .at(clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("a Secret as a whole that is about something else")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.source("app", "secretRef", "database-credentials"))),
        accepts("an empty folder at .aws, and a file that is in no volume")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.mounting("app", "/root/.aws", "emptyDir")
                                .andThen(
                                    PodEdits.variable(
                                        "app", "AWS_SHARED_CREDENTIALS_FILE", "/dev/null"))
                                .apply(pod))),
        accepts("keys that are set to nothing on purpose")
            .in(
                irsaBound()
                    .podOfTemplate(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        pod ->
                            PodEdits.variable("app", "AWS_ACCESS_KEY_ID", "")
                                .andThen(PodEdits.variable("app", "AWS_SECRET_ACCESS_KEY", ""))
                                .apply(pod))),
        accepts("the id of a key without its secret")
            .in(
                irsaBound()
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_ACCESS_KEY_ID", fromSecret()))),
        accepts("keys of a pod whose service account has no role")
            .in(
                account()
                    .cluster("prod")
                    .serviceAccount("prod", "payments", "ledger")
                    .pod(
                        "prod",
                        "payments",
                        "ledger",
                        "ledger",
                        PodEdits.variable("app", "AWS_PROFILE", "legacy"))));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }

  private static Container.Value fromSecret() {
    return new Container.Value.FromElsewhere("secretKeyRef");
  }

  private static TestAccount associated() {
    return account()
        .cluster("prod")
        .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("pods"))
        .serviceAccount("prod", "payments", "ledger");
  }
}

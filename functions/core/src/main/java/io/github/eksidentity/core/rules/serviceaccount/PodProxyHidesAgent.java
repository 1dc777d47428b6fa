package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Container.Value;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Flags pods whose proxy stands between them and the agent of Pod Identity.
public final class PodProxyHidesAgent implements Rule.OnServiceAccount {
  /// The agent answers by plain HTTP, so a proxy for HTTPS alone does not stand in the way.
  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");

  private static final List<String> EXCEPTIONS = List.of("NO_PROXY", "no_proxy");
  private static final RuleMetadata METADATA =
      rule(
              "pod-proxy-hides-agent",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "A proxy stands between the pods and the agent of Pod Identity")
          .why(
              "The agent answers at a link-local address of the node. Where the pod sets a proxy"
                  + " and its exceptions do not name that address, the SDK asks the proxy for"
                  + " credentials.")
          .risk("The pods get no credentials, and their token is sent to the proxy.")
          .remediation("Add 169.254.170.23 to NO_PROXY, in clusters of IPv6 [fd00:ec2::23].")
          .references("https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html")
          .breaks(ExplainStep.ENDPOINT)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS, Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    if (!(bound.binding().orElse(null) instanceof Binding.PodIdentity binding)) {
      return Verdict.satisfied();
    }
    List<BoundPods.Spot> hidden = bound.where((_, container) -> hides(container));
    if (hidden.isEmpty()) {
      return bound.where((_, container) -> mayHide(container)).isEmpty()
          ? Verdict.satisfied()
          : Verdict.undecided("the exceptions of the proxy come from a ConfigMap or Secret");
    }
    return Verdict.violated(
            METADATA.severity(),
            "A proxy hides the agent from pods of %s".formatted(bound.named()),
            hidden.stream().map(PodProxyHidesAgent::evidence).toList(),
            new Remediation.Fix(
                "Except the agent's address from the proxy.",
                hidden.stream().<Change>map(spot -> except(bound, spot)).toList()))
        .withStsError(error(hidden.getFirst().container()))
        .withRole(binding.roleArn());
  }

  private static boolean proxied(Container container) {
    return PROXIES.stream().anyMatch(container::sets) && BoundPods.hasPodIdentity(container);
  }

  private static boolean hides(Container container) {
    return proxied(container)
        && !container.variablesFromElsewhere()
        && EXCEPTIONS.stream()
            .allMatch(
                name ->
                    container
                        .variable(name)
                        .map(
                            value ->
                                value instanceof Value.Literal(String text)
                                    && !excepted(text, agent(container)))
                        .orElse(true));
  }

  /// Whether the exceptions are there but not known.
  private static boolean mayHide(Container container) {
    return proxied(container)
        && EXCEPTIONS.stream()
            .noneMatch(
                name ->
                    container
                        .literal(name)
                        .filter(text -> excepted(text, agent(container)))
                        .isPresent());
  }

  private static String error(Container container) {
    return StsError.AGENT_UNREACHABLE
        .text()
        .replace(
            Injected.POD_IDENTITY_URI,
            container.literal(AwsVariables.CONTAINER_URI).orElse(Injected.POD_IDENTITY_URI));
  }

  /// The agent's address, as the pod was told it.
  private static String agent(Container container) {
    return container
            .literal(AwsVariables.CONTAINER_URI)
            .filter(Injected.POD_IDENTITY_URI_V6::equals)
            .isPresent()
        ? "[fd00:ec2::23]"
        : "169.254.170.23";
  }

  /// Ranges count too: most SDKs take them.
  private static boolean excepted(String exceptions, String agent) {
    return Arrays.stream(exceptions.split(",", -1))
        .map(String::strip)
        .anyMatch(
            one ->
                one.equals("*")
                    || one.equals(agent)
                    || one.equals(agent.replaceAll("[\\[\\]]", ""))
                    || covers(one, agent));
  }

  private static boolean covers(String range, String agent) {
    return !agent.startsWith("[")
        && (range.equals("169.254.0.0/16")
            || range.equals("169.254.170.0/24")
            || range.equals("169.254.170.23/32"));
  }

  private static Evidence evidence(BoundPods.Spot spot) {
    String proxy = PROXIES.stream().filter(spot.container()::sets).findFirst().orElseThrow();
    Evidence evidence =
        spot.evidence("sets " + proxy + " and does not except the agent")
            .withKey("NO_PROXY")
            .withClaim(agent(spot.container()));
    return exceptions(spot.container()).map(evidence::withValue).orElse(evidence);
  }

  private static Optional<String> exceptions(Container container) {
    return EXCEPTIONS.stream().flatMap(name -> container.literal(name).stream()).findFirst();
  }

  private static Change except(BoundPods bound, BoundPods.Spot spot) {
    String agent = agent(spot.container());
    String name = EXCEPTIONS.stream().filter(spot.container()::sets).findFirst().orElse("NO_PROXY");
    return new Change.SetVariable(
        bound.cluster().arn(),
        spot.workload(),
        spot.container().name(),
        name,
        exceptions(spot.container())
            .filter(text -> !text.isBlank())
            .map(text -> text + "," + agent)
            .orElse(agent));
  }
}

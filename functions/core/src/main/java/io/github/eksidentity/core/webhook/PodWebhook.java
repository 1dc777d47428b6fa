package io.github.eksidentity.core.webhook;

import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// EKS's pod identity webhook, as it is set up for the pods of one service account: the one model
/// of what it adds. It is held to answers that were recorded from the webhook's own code.
///
/// Documented at
/// <https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go>.
///
/// @param pair by which mechanism the pods get their role
/// @param target value of the pair's first variable: the role, or where the agent answers
/// @param audience of the projected token
/// @param region of the cluster
/// @param annotations of the service account
public record PodWebhook(
    CredentialPair pair,
    String target,
    String audience,
    String region,
    Map<String, String> annotations) {
  private static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

  public PodWebhook {
    annotations = Map.copyOf(annotations);
  }

  /// The webhook for a service account that an annotation binds; empty where nothing is annotated.
  /// An annotation without a value binds nothing, one with any value does, whether it is an ARN or
  /// not.
  public static Optional<PodWebhook> ofAnnotation(Map<String, String> annotations, String region) {
    return boundRole(annotations)
        .map(
            role ->
                new PodWebhook(
                    CredentialPair.WEB_IDENTITY,
                    role,
                    annotations.getOrDefault(AwsAnnotations.AUDIENCE, DEFAULT_AUDIENCE),
                    region,
                    annotations));
  }

  /// The webhook for a service account that an association binds: it wins over an annotation.
  ///
  /// @param ipv6 whether the cluster's pods have addresses of IPv6
  public static PodWebhook ofAssociation(
      Map<String, String> annotations, String region, boolean ipv6) {
    return new PodWebhook(
        CredentialPair.POD_IDENTITY,
        ipv6 ? Injected.POD_IDENTITY_URI_V6 : Injected.POD_IDENTITY_URI,
        Injected.POD_IDENTITY_AUDIENCE,
        region,
        annotations);
  }

  /// The role that the annotations bind, as they name it.
  public static Optional<String> boundRole(Map<String, String> annotations) {
    return Optional.ofNullable(annotations.get(AwsAnnotations.ROLE_ARN))
        .filter(role -> !role.isEmpty());
  }

  /// Whether EKS's configuration sends a pod with these labels to the webhook.
  public static boolean asked(Map<String, String> labels) {
    return !labels.containsKey(Injected.SKIP_LABEL);
  }

  /// The containers that a pod's annotation keeps out. The webhook reads one record of CSV and
  /// trims nothing; what is no CSV keeps none out.
  public static Set<String> skipped(Pod pod) {
    String list = pod.annotations().get(AwsAnnotations.SKIP_CONTAINERS);
    return list == null ? Set.of() : Set.copyOf(GoText.firstRecord(list));
  }

  /// Whether annotations leave regional endpoints of STS on, as the webhook reads them.
  public static boolean regionalSts(Map<String, String> annotations) {
    return GoText.bool(annotations.getOrDefault(AwsAnnotations.STS_REGIONAL_ENDPOINTS, ""))
        .orElse(true);
  }

  /// Whether annotations hold a value for regional endpoints that the webhook passes over.
  public static boolean ignoresRegionalSts(Map<String, String> annotations) {
    String text = annotations.get(AwsAnnotations.STS_REGIONAL_ENDPOINTS);
    return text != null && GoText.bool(text).isEmpty();
  }

  /// What a pod gets that EKS's own configuration sends to the webhook, or nothing.
  public Admission admit(Pod pod) {
    return asked(pod.labels()) ? admitAsked(pod) : Admission.NONE;
  }

  /// What a pod gets that is sent to the webhook, whatever its labels.
  public Admission admitAsked(Pod pod) {
    Set<String> skipped = skipped(pod);
    Map<String, Admission.Added> added = new LinkedHashMap<>();
    for (Container container : pod.containers()) {
      if (!skipped.contains(container.name())) {
        added.put(container.name(), added(container, pod.os().windowsBySelector()));
      }
    }
    boolean there =
        Stream.concat(
                pod.tokens().stream().map(Pod.TokenVolume::volume),
                pod.volumes().stream().map(Pod.Volume::name))
            .anyMatch(pair.volume()::equals);
    return new Admission(
        added,
        there
            ? Optional.empty()
            : Optional.of(
                new Admission.TokenVolume(
                    pair.volume(),
                    pair.tokenName(),
                    audience,
                    Lifetime.of(annotations, pod.annotations(), pair))));
  }

  private Admission.Added added(Container container, boolean windows) {
    boolean hasPair = pair.count(container) > 0;
    boolean hasRegion =
        container.sets(AwsVariables.REGION) || container.sets(AwsVariables.DEFAULT_REGION);
    boolean hasSts = container.sets(AwsVariables.STS_REGIONAL_ENDPOINTS);
    if (hasPair && hasRegion && hasSts) {
      return Admission.Added.NOTHING;
    }
    List<Container.Variable> variables = new ArrayList<>();
    if (!hasSts && regionalSts(annotations)) {
      variables.add(literal(AwsVariables.STS_REGIONAL_ENDPOINTS, "regional"));
    }
    if (!hasRegion) {
      variables.add(literal(AwsVariables.DEFAULT_REGION, region));
      variables.add(literal(AwsVariables.REGION, region));
    }
    if (!hasPair) {
      variables.add(literal(pair.target(), target));
      variables.add(literal(pair.tokenFile(), pair.path(windows)));
    }
    boolean mounted =
        container.mounts().stream().anyMatch(mount -> mount.volume().equals(pair.volume()));
    return new Admission.Added(
        variables,
        mounted ? Optional.empty() : Optional.of(new Container.Mount(pair.volume(), pair.mount())));
  }

  private static Container.Variable literal(String name, String value) {
    return new Container.Variable(name, new Container.Value.Literal(value));
  }
}

package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.policy.admit.WebIdentityCall;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The conformance corpus as test data; its README says what the fields mean.
final class Corpus {
  private static final Path FOLDER = Path.of("src/test/resources/conformance");
  private static final List<String> TAGS =
      List.of("kubernetes-namespace", "kubernetes-service-account", "eks-cluster-arn");

  private Corpus() {}

  /// One line of a file.
  record Case(Json.Obj line) {
    String id() {
      return text("id");
    }

    String text(String name) {
      return line.get(name).orElse(null) instanceof Json.Str(_, String value) ? value : "";
    }

    boolean documented() {
      return text("basis").equals("documented");
    }

    TrustPolicy policy() {
      return TrustPolicyParser.parse(JsonWriter.pretty(line.get("trust_policy").orElseThrow()))
          .policy()
          .orElseThrow(() -> new AssertionError(id() + " cannot be evaluated"));
    }

    List<String> actions() {
      return line.get("actions_required").orElseThrow() instanceof Json.Arr(_, List<Json> items)
          ? items.stream().map(item -> ((Json.Str) item).value()).toList()
          : List.of();
    }

    /// `allow` or `deny`.
    String expected(String action) {
      return line.get("expected_by_action").orElseThrow() instanceof Json.Obj verdicts
              && verdicts.get(action).orElseThrow() instanceof Json.Str(_, String verdict)
          ? verdict
          : "";
    }

    /// `allow`, `deny` or `unknown`.
    String decision(String action) {
      return switch (TrustEvaluator.evaluate(policy(), request(action))) {
        case Decision.Allowed _ -> "allow";
        case Decision.Denied _ -> "deny";
        case Decision.Unknown _ -> "unknown";
      };
    }

    boolean usesTheClock() {
      String written = JsonWriter.pretty(line);
      return written.contains("aws:CurrentTime") || written.contains("aws:EpochTime");
    }

    /// The cluster's provider, for any subject.
    WebIdentityCall door() {
      return new WebIdentityCall(
          text("provider_arn"),
          text("issuer"),
          text("audience"),
          text("account_id"),
          KeyNames.NONE);
    }

    private Request request(String action) {
      Map<String, List<String>> context = new HashMap<>();
      context.put("aws:CurrentTime", List.of("2026-11-20T06:00:00Z"));
      boolean irsa = text("mechanism").equals("irsa");
      if (irsa) {
        context.put(text("issuer") + ":sub", List.of(text("subject")));
        context.put(text("issuer") + ":aud", List.of(text("audience")));
      } else {
        addTags(context);
      }
      return new Request(
          irsa ? PrincipalKind.FEDERATED : PrincipalKind.SERVICE,
          irsa ? text("provider_arn") : "pods.eks.amazonaws.com",
          text("account_id"),
          action,
          context,
          KeyNames.NONE);
    }

    private void addTags(Map<String, List<String>> context) {
      List<String> values =
          List.of(text("namespace"), text("service_account"), text("cluster_arn"));
      for (int i = 0; i < TAGS.size(); i++) {
        context.put("aws:RequestTag/" + TAGS.get(i), List.of(values.get(i)));
      }
      context.put("aws:RequestTag/eks-cluster-name", List.of(text("cluster_name")));
      context.put("aws:RequestTag/kubernetes-pod-name", List.of("pod"));
      context.put("aws:RequestTag/kubernetes-pod-uid", List.of("pod"));
      context.put(
          "aws:TagKeys",
          Stream.concat(
                  TAGS.stream(),
                  Stream.of("eks-cluster-name", "kubernetes-pod-name", "kubernetes-pod-uid"))
              .toList());
      context.put("aws:SourceAccount", List.of(text("account_id")));
      context.put("aws:SourceArn", List.of(text("cluster_arn")));
    }

    @Override
    public String toString() {
      return id();
    }
  }

  static List<Case> trustPolicies() {
    return read("trust-policies.jsonl");
  }

  static List<Case> contested() {
    return read("contested.jsonl");
  }

  static List<Case> invalid() {
    return read("invalid-policies.jsonl");
  }

  private static List<Case> read(String name) {
    try {
      return Files.readAllLines(FOLDER.resolve(name)).stream()
          .map(line -> new Case(JsonReader.object(line)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

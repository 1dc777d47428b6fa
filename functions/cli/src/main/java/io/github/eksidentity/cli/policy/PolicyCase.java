package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.policy.JsonLines.Malformed;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.GlobalKeys;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A trust policy and the calls that a pod makes, in the fields of the conformance corpus. Keys
/// that the corpus does not name are absent from the calls.
///
/// @param requests by action, in order
record PolicyCase(ParsedPolicy policy, Map<String, Request> requests) {
  private static final String ANY_POD = "pod";

  /// The case that a line holds.
  ///
  /// @param now value of `aws:CurrentTime`, RFC 3339
  /// @throws Malformed if something is missing or of the wrong kind
  static PolicyCase read(Json.Obj object, String now) throws Malformed {
    JsonMembers<Malformed> line = JsonLines.members(object);
    Map<String, List<String>> context = new LinkedHashMap<>();
    context.put("aws:CurrentTime", List.of(now));
    String mechanism = line.text("mechanism");
    String account = account(line);
    PrincipalKind kind;
    String principal;
    List<String> actions;
    switch (mechanism) {
      case "irsa" -> {
        kind = PrincipalKind.FEDERATED;
        principal = line.text("provider_arn");
        String issuer = line.text("issuer");
        context.put(issuer + ":sub", List.of(line.text("subject")));
        context.put(issuer + ":aud", List.of(line.text("audience")));
        actions = actions(object, List.of(PodRequests.WEB_IDENTITY));
      }
      case "pod-identity" -> {
        kind = PrincipalKind.SERVICE;
        principal = RoleTrust.POD_IDENTITY;
        tags(line, account, context);
        actions = actions(object, PodRequests.POD_IDENTITY);
      }
      default -> throw new Malformed("mechanism must be irsa or pod-identity, not " + mechanism);
    }
    Map<String, Request> requests = new LinkedHashMap<>();
    for (String action : actions) {
      requests.put(
          action, new Request(kind, principal, account, action, context, GlobalKeys.UNDOCUMENTED));
    }
    return new PolicyCase(policy(object), requests);
  }

  private static void tags(
      JsonMembers<Malformed> line, String account, Map<String, List<String>> context)
      throws Malformed {
    String cluster = line.text("cluster_arn");
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("kubernetes-namespace", line.text("namespace"));
    tags.put("kubernetes-service-account", line.text("service_account"));
    tags.put("eks-cluster-arn", cluster);
    tags.put(
        "eks-cluster-name",
        line.optionalText("cluster_name").orElse(cluster.substring(cluster.lastIndexOf('/') + 1)));
    tags.put("kubernetes-pod-name", ANY_POD);
    tags.put("kubernetes-pod-uid", ANY_POD);
    tags.forEach((name, value) -> context.put("aws:RequestTag/" + name, List.of(value)));
    context.put("aws:TagKeys", List.copyOf(tags.keySet()));
    context.put("aws:SourceAccount", List.of(account));
    context.put("aws:SourceArn", List.of(cluster));
  }

  private static String account(JsonMembers<Malformed> line) throws Malformed {
    String account = line.text("account_id");
    if (!account.matches("\\d{12}")) {
      throw new Malformed("account_id must be twelve digits");
    }
    return account;
  }

  private static List<String> actions(Json.Obj line, List<String> usual) throws Malformed {
    if (line.get("actions_required").isEmpty()) {
      return usual;
    }
    if (!(line.get("actions_required").get() instanceof Json.Arr(_, List<Json> items))
        || items.isEmpty()) {
      throw new Malformed("actions_required must be a list of actions");
    }
    List<String> actions = new ArrayList<>();
    for (Json item : items) {
      if (!(item instanceof Json.Str(_, String action))) {
        throw new Malformed("an action must be a string, not " + item.kind());
      }
      actions.add(action);
    }
    return actions;
  }

  private static ParsedPolicy policy(Json.Obj line) throws Malformed {
    Json policy =
        line.get("trust_policy")
            .orElseThrow(() -> new Malformed("the member trust_policy is missing"));
    ParsedPolicy parsed =
        TrustPolicyParser.parse(
            policy instanceof Json.Str(_, String text) ? text : JsonWriter.pretty(policy));
    if (parsed.policy().isEmpty()) {
      throw new Malformed(
          "the trust policy cannot be evaluated: "
              + parsed.problems().stream()
                  .map(problem -> problem.message())
                  .findFirst()
                  .orElse(""));
    }
    return parsed;
  }
}

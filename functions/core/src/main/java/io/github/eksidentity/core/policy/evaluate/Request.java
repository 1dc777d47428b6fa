package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.tree.KeyNames;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A call to STS, as far as a trust policy can see it.
///
/// @param kind how a policy would name the caller
/// @param principal the caller: provider ARN, service name, or role ARN
/// @param roleAccount account of the role that carries the policy; a provider of another account
/// never matches
/// @param action one action
/// @param context the condition keys that are present with their values; keys compare without
/// regard to letter case
/// @param undetermined keys of which it is not known whether and with which value they come; every
/// other key is absent
public record Request(
    PrincipalKind kind,
    String principal,
    String roleAccount,
    String action,
    Map<String, List<String>> context,
    KeyNames undetermined) {

  public Request {
    TreeMap<String, List<String>> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    context.forEach((key, values) -> folded.put(key, List.copyOf(values)));
    context = Collections.unmodifiableMap(folded);
  }

  /// The values of a key, or empty where the key is absent or undetermined.
  public Optional<List<String>> values(String key) {
    return Optional.ofNullable(context.get(key));
  }

  /// Whether this key may come with the request.
  public boolean mayCarry(String key) {
    return context.containsKey(key) || undetermined.contains(key);
  }

  /// A statement without the conditions that hang on what is not known of the request.
  public Statement settled(Statement statement) {
    return statement.with(
        statement.conditions().stream()
            .filter(condition -> !isUndetermined(condition.key()))
            .toList());
  }

  /// Whether it is unknown if this key comes with the request.
  public boolean isUndetermined(String key) {
    return !context.containsKey(key) && undetermined.contains(key);
  }
}

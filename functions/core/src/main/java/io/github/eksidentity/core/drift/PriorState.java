package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.facts.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is known of an account before a run.
///
/// @param findings by fingerprint, as they stand
/// @param scopes of the last completed run
public record PriorState(Map<String, FindingState> findings, Map<Scope, ScopeRecord> scopes) {
  /// Nothing: the account was never audited.
  public static final PriorState EMPTY = new PriorState(Map.of(), Map.of());

  public PriorState {
    findings = Collections.unmodifiableMap(new TreeMap<>(findings));
    scopes = Collections.unmodifiableMap(new TreeMap<>(scopes));
  }

  /// From lists, as stores read them.
  public static PriorState of(List<FindingState> findings, List<ScopeRecord> scopes) {
    Map<String, FindingState> byId = new TreeMap<>();
    findings.forEach(state -> byId.put(state.id(), state));
    Map<Scope, ScopeRecord> byScope = new TreeMap<>();
    scopes.forEach(record -> byScope.put(record.scope(), record));
    return new PriorState(byId, byScope);
  }
}

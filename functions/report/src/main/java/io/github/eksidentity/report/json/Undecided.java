package io.github.eksidentity.report.json;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a rule could not judge for the same reason. Where nothing was left unread, the reason is a
/// resource's own and it stands alone; where a scope was, thousands of resources share it.
///
/// @param scopes what was not read
/// @param count how many resources there are
/// @param resources their keys; one that ends with [#EACH] stands for every service account of a
/// cluster
record Undecided(
    String rule, List<String> scopes, String reason, int count, List<String> resources) {
  /// The end of a key that stands for every service account of its cluster.
  static final String EACH = "*";

  private static final String SERVICE_ACCOUNT = "/serviceaccount/";
  private static final int MOST_NAMED = 20;

  private static final Comparator<Undecided> ORDER =
      Comparator.comparing(Undecided::rule)
          .thenComparing(one -> String.join(" ", one.scopes()))
          .thenComparing(Undecided::reason)
          .thenComparing(one -> one.resources().getFirst());

  private record Cause(String rule, List<String> scopes, String reason) {}

  static List<Undecided> of(List<Assessment.NotJudged> entries) {
    List<Undecided> all = new ArrayList<>();
    entries.stream()
        .collect(Collectors.groupingBy(Undecided::cause))
        .forEach(
            (cause, same) -> {
              List<String> keys = same.stream().map(Assessment.NotJudged::resource).toList();
              if (cause.scopes().isEmpty()) {
                keys.forEach(key -> all.add(of(cause, 1, List.of(key))));
              } else {
                all.add(of(cause, keys.size(), named(keys)));
              }
            });
    all.sort(ORDER);
    return all;
  }

  private static Cause cause(Assessment.NotJudged entry) {
    return new Cause(
        entry.rule(),
        new TreeSet<>(entry.verdict().missing()).stream().map(Scope::toString).toList(),
        entry.verdict().reason());
  }

  private static Undecided of(Cause cause, int count, List<String> resources) {
    return new Undecided(cause.rule(), cause.scopes(), cause.reason(), count, resources);
  }

  private static List<String> named(List<String> keys) {
    Map<String, List<String>> byCluster = new TreeMap<>();
    List<String> named = new ArrayList<>();
    for (String key : keys) {
      int end = key.indexOf(SERVICE_ACCOUNT);
      if (end < 0) {
        named.add(key);
      } else {
        byCluster
            .computeIfAbsent(
                key.substring(0, end + SERVICE_ACCOUNT.length()), _ -> new ArrayList<>())
            .add(key);
      }
    }
    byCluster.forEach(
        (prefix, accounts) ->
            named.addAll(accounts.size() > MOST_NAMED ? List.of(prefix + EACH) : accounts));
    return named.stream().sorted().toList();
  }

  void write(JsonWriter out) {
    out.text("rule", rule)
        .text("resource", resources.getFirst())
        .text("reason", reason)
        .texts("scopes", scopes)
        .number("count", count);
    if (resources.size() > 1) {
      out.texts("resources", resources);
    }
  }
}

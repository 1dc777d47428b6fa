package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.policy.SubjectSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The ways into roles through one issuer.
///
/// @param exact those that name exact subjects, by subject
/// @param byNamespace those whose patterns each keep to one namespace, by namespace
/// @param others those that have to be tried whoever asks
record Entrances(
    Map<String, List<Admitted>> exact,
    Map<String, List<Admitted>> byNamespace,
    List<Admitted> others) {
  static Entrances of(List<Admitted> ways) {
    Entrances entrances = new Entrances(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    ways.forEach(entrances::add);
    return entrances;
  }

  private void add(Admitted way) {
    List<SubjectPattern> patterns = way.patterns();
    List<String> namespaces =
        patterns.stream().flatMap(pattern -> pattern.namespace().stream()).toList();
    if (way.subjects() instanceof SubjectSet.Finite(var subjects)) {
      subjects.forEach(subject -> add(exact, subject, way));
    } else if (!patterns.isEmpty() && namespaces.size() == patterns.size()) {
      namespaces.stream().distinct().forEach(namespace -> add(byNamespace, namespace, way));
    } else {
      others.add(way);
    }
  }

  private static void add(Map<String, List<Admitted>> map, String key, Admitted way) {
    map.computeIfAbsent(key, _ -> new ArrayList<>()).add(way);
  }

  List<Admitted> admitting(String subject) {
    Optional<String> namespace = new SubjectPattern(subject).namespace();
    Stream<Admitted> tried =
        Stream.concat(
            namespace.stream().flatMap(name -> byNamespace.getOrDefault(name, List.of()).stream()),
            others.stream());
    return Stream.concat(
            exact.getOrDefault(subject, List.of()).stream(),
            tried.filter(way -> way.mayAdmit(subject)))
        .toList();
  }
}

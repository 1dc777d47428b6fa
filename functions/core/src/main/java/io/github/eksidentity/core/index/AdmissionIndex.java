package io.github.eksidentity.core.index;

import io.github.eksidentity.core.policy.admit.SubjectSet;
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
record AdmissionIndex(
    Map<String, List<AdmittingStatement>> exact,
    Map<String, List<AdmittingStatement>> byNamespace,
    List<AdmittingStatement> others) {
  static AdmissionIndex of(List<AdmittingStatement> ways) {
    AdmissionIndex entrances =
        new AdmissionIndex(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    ways.forEach(entrances::add);
    return entrances;
  }

  private void add(AdmittingStatement way) {
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

  private static void add(
      Map<String, List<AdmittingStatement>> map, String key, AdmittingStatement way) {
    map.computeIfAbsent(key, _ -> new ArrayList<>()).add(way);
  }

  List<AdmittingStatement> admitting(String subject) {
    Optional<String> namespace = new SubjectPattern(subject).namespace();
    Stream<AdmittingStatement> tried =
        Stream.concat(
            namespace.stream().flatMap(name -> byNamespace.getOrDefault(name, List.of()).stream()),
            others.stream());
    return Stream.concat(
            exact.getOrDefault(subject, List.of()).stream(),
            tried.filter(way -> way.mayAdmit(subject)))
        .toList();
  }
}

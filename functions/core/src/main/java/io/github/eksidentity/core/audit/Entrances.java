package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.policy.SubjectSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The ways into roles through one issuer.
///
/// @param exact those that name exact subjects, by subject
/// @param others those that have to be tried
record Entrances(Map<String, List<Admitted>> exact, List<Admitted> others) {
  static Entrances of(List<Admitted> ways) {
    Map<String, List<Admitted>> exact = new HashMap<>();
    List<Admitted> others = new ArrayList<>();
    for (Admitted way : ways) {
      if (way.subjects() instanceof SubjectSet.Finite(var subjects)) {
        subjects.forEach(
            subject -> exact.computeIfAbsent(subject, _ -> new ArrayList<>()).add(way));
      } else {
        others.add(way);
      }
    }
    return new Entrances(exact, others);
  }

  List<Admitted> admitting(String subject) {
    return Stream.concat(
            exact.getOrDefault(subject, List.of()).stream(),
            others.stream().filter(way -> way.mayAdmit(subject)))
        .toList();
  }
}

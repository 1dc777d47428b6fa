package io.github.eksidentity.core.rules.role;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Index;
import io.github.eksidentity.core.index.SubjectPattern;
import io.github.eksidentity.core.policy.tree.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a role must be allowed to be of use.
///
/// @param addons the add-ons that run with it
record Requirements(List<AddonNeeds> addons, List<Requirement> all) {
  Requirements {
    addons = List.copyOf(addons);
    all = List.copyOf(all);
  }

  /// Something that the role must be allowed.
  ///
  /// @param anyOf actions of which one is enough
  /// @param because who says so, as the end of a sentence
  record Requirement(Set<String> anyOf, String because) {
    Requirement {
      anyOf = new TreeSet<>(anyOf);
    }
  }

  /// A role that may assume another one lets that one do the add-on's work.
  static Requirements of(Role role, Index index, Settings settings) {
    List<AddonNeeds> addons = addons(role, index);
    List<Requirement> all = new ArrayList<>();
    declared(role, settings)
        .forEach(
            action ->
                all.add(new Requirement(Set.of(action), "the settings say that it is needed")));
    for (AddonNeeds addon : addons) {
      if (!delegates(role, index) && !addon.satisfiedBy(role)) {
        addon.needs().forEach(anyOf -> all.add(new Requirement(anyOf, addon.name() + " needs it")));
      }
    }
    return new Requirements(addons, all);
  }

  private static boolean delegates(Role role, Index index) {
    return index.permissions(role).onAnything("sts:AssumeRole").isAllowed();
  }

  /// The add-ons whose service accounts the role names exactly, or an association binds to it.
  private static List<AddonNeeds> addons(Role role, Index index) {
    return Stream.concat(
            index.admitted(role).stream()
                .flatMap(way -> way.patterns().stream())
                .map(SubjectPattern::text),
            index.associationsOf(role.arn()).stream().map(found -> found.association().subject()))
        .flatMap(subject -> AddonNeeds.of(subject).stream())
        .distinct()
        .toList();
  }

  private static Set<String> declared(Role role, Settings settings) {
    Set<String> declared = new TreeSet<>();
    settings
        .requiredActions()
        .forEach(
            (pattern, actions) -> {
              if (Glob.matches(pattern, role.arn()) || Glob.matches(pattern, role.name())) {
                declared.addAll(actions);
              }
            });
    return declared;
  }
}

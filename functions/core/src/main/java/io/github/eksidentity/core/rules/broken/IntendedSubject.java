package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.policy.admit.Admission;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Texts that were meant to be the subject of a service account's token.
final class IntendedSubject {
  private static final Pattern SEPARATOR = Pattern.compile("[:/\\s]+");
  private static final Pattern LOOKS_LIKE_SUBJECT =
      Pattern.compile("(?i)\\s*(system:)?service-?accounts?[:/].*");
  private static final String SYSTEM = "system";
  private static final String SERVICE_ACCOUNT = "serviceaccount";
  /// What stands before a name where something else than a service account is meant.
  private static final Set<String> OTHER_KINDS =
      Set.of("role", "user", "group", "node", "repo", "project_path");

  private IntendedSubject() {}

  /// Whether a token can carry this subject, letter by letter.
  static boolean isExact(String text) {
    return Admission.contains(new SubjectSet.Everything(), text);
  }

  /// Whether somebody meant a subject by this text.
  static boolean isMeant(String text) {
    return LOOKS_LIKE_SUBJECT.matcher(text).matches();
  }

  /// The subject that a text without wildcards evidently names, although a token carries it in
  /// another form: namespace and name are there, and what is wrong is the prefix, a separator,
  /// white space or a capital letter, which names in Kubernetes do not have.
  static Optional<String> meant(String text) {
    if (Glob.hasWildcard(text)) {
      return Optional.empty();
    }
    List<String> parts =
        Arrays.stream(SEPARATOR.split(text.toLowerCase(Locale.ROOT)))
            .filter(part -> !part.isEmpty())
            .toList();
    return names(parts)
        .map(names -> Subject.PREFIX + String.join(":", names))
        .filter(IntendedSubject::isExact);
  }

  /// Namespace and name.
  private static Optional<List<String>> names(List<String> parts) {
    boolean system = !parts.isEmpty() && isNear(parts.getFirst(), SYSTEM);
    int next = system ? 1 : 0;
    boolean account = parts.size() > next && isNear(parts.get(next), SERVICE_ACCOUNT);
    List<String> rest = parts.subList(next + (account ? 1 : 0), parts.size());
    return rest.size() == 2 && (account || (!system && !OTHER_KINDS.contains(rest.getFirst())))
        ? Optional.of(rest)
        : Optional.empty();
  }

  private static boolean isNear(String part, String word) {
    return part.equals(word)
        || (word.equals(SERVICE_ACCOUNT) && Nearest.isWithin(Nearest.TYPING_ERRORS, part, word));
  }
}

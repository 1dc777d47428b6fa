package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.policy.tree.Glob;
import java.util.List;
import java.util.Optional;

/// A pattern over subjects, graded by which service accounts it covers.
///
/// @param text `*` and `?` are wildcards; a text without them is one subject
public record SubjectPattern(String text) {

  /// Names that share no letter with one another and differ in length: a pattern that covers all of
  /// them says nothing about the name.
  private static final List<String> ANY_NAME = List.of("x", "q", "kkkkkkk", "jj-0.jj");

  private static final List<String> ANY_NAMESPACE = List.of("x", "q", "kkkkkkk", "zz-0");

  /// Whether every service account of a cluster is covered.
  public boolean coversAll() {
    return ANY_NAMESPACE.stream().allMatch(this::coversNamespace);
  }

  /// The one name that is covered in whatever namespace.
  public Optional<String> nameInAnyNamespace() {
    String name = last();
    boolean any =
        !Glob.hasWildcard(name)
            && ANY_NAMESPACE.stream().allMatch(namespace -> covers(namespace, name));
    return any ? Optional.of(name) : Optional.empty();
  }

  /// The one namespace of which every service account is covered, and nothing else.
  public Optional<String> namespaceOfAnyName() {
    return namespace().filter(namespace -> !coversAll() && coversNamespace(namespace));
  }

  /// The namespace, where the pattern covers subjects of one only.
  public Optional<String> namespace() {
    String[] parts = text.split(":", -1);
    return parts.length > 2 && !parts[parts.length - 2].isEmpty()
        ? Optional.of(parts[parts.length - 2])
            .filter(part -> !Glob.hasWildcard(part))
            .filter(part -> parts.length == 4 || !part.equals("serviceaccount"))
        : Optional.empty();
  }

  /// Whether the name, as the pattern's last part, is exactly this.
  public boolean named(String name) {
    return text.contains(":") && last().equals(name);
  }

  /// Whether some service account is covered in whatever namespace.
  public boolean reachesAnyNamespace() {
    String name = last().replace("*", "").replace("?", "x");
    return ANY_NAMESPACE.stream()
        .allMatch(namespace -> covers(namespace, name.isEmpty() ? "x" : name));
  }

  /// Whether it is not just one subject.
  public boolean hasWildcard() {
    return Glob.hasWildcard(text);
  }

  /// A subject that is covered although a reader of the pattern would not expect it.
  public Optional<String> surprise() {
    StringBuilder subject = new StringBuilder();
    int colons = 3 - (int) text.chars().filter(c -> c == ':').count();
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '*' -> {
          subject.append(filler(i, colons > 0));
          colons = 0;
        }
        case '?' -> subject.append('x');
        default -> subject.append(text.charAt(i));
      }
    }
    return Optional.of(subject.toString())
        .filter(found -> found.startsWith(Subject.PREFIX) && Glob.matches(text, found))
        .filter(found -> found.chars().filter(c -> c == ':').count() == 3);
  }

  /// Whether a wildcard reaches from the namespace into the name.
  public boolean swallowsColon() {
    return hasWildcard() && text.chars().filter(c -> c == ':').count() < 3;
  }

  private String filler(int star, boolean colon) {
    boolean joinsBefore = star > 0 && isNamePart(text.charAt(star - 1));
    boolean joinsAfter = star + 1 < text.length() && isNamePart(text.charAt(star + 1));
    return (joinsBefore ? "-" : "")
        + (colon ? "other:unrelated" : "other")
        + (joinsAfter ? "-" : "");
  }

  private static boolean isNamePart(char c) {
    return c != '-' && c != ':' && c != '.';
  }

  private boolean coversNamespace(String namespace) {
    return ANY_NAME.stream().allMatch(name -> covers(namespace, name));
  }

  private boolean covers(String namespace, String name) {
    return Glob.matches(text, Subject.PREFIX + namespace + ":" + name);
  }

  private String last() {
    return text.substring(text.lastIndexOf(':') + 1);
  }
}

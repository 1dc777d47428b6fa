package io.github.eksidentity.core.explain;

/// The two ways to write a service account: the subject of its tokens, and `namespace/name`.
public final class Subjects {
  private static final String PREFIX = "system:serviceaccount:";

  private Subjects() {}

  /// The subject of `namespace/name`.
  public static String of(String qualifiedName) {
    return PREFIX + qualifiedName.replaceFirst("/", ":");
  }

  /// The subject, or pattern of subjects, as `namespace/name`; what has no such form is left as it
  /// is.
  public static String qualifiedName(String subject) {
    if (!subject.startsWith(PREFIX)) {
      return subject;
    }
    String rest = subject.substring(PREFIX.length());
    return rest.equals("*") ? "*/*" : rest.replaceFirst(":", "/");
  }
}

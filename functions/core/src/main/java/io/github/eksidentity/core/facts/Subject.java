package io.github.eksidentity.core.facts;

/// The two ways to write a service account: the subject of its tokens,
/// `system:serviceaccount:<namespace>:<name>`, and its qualified name, `<namespace>/<name>`.
///
/// Documented at <https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>.
public final class Subject {
  /// How the subject of every service account begins.
  public static final String PREFIX = "system:serviceaccount:";

  private Subject() {}

  /// The subject of a service account.
  public static String of(String namespace, String name) {
    return PREFIX + namespace + ":" + name;
  }

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

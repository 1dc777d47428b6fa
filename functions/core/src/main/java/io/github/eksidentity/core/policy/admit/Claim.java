package io.github.eksidentity.core.policy.admit;

import java.util.List;
import java.util.Locale;

/// What callers of a role differ by, as far as its trust policy can tell and they cannot choose.
public enum Claim {
  /// The subject of a service account token.
  SUBJECT,
  /// The audience of a token.
  AUDIENCE,
  /// The ARN of the cluster of a Pod Identity association.
  CLUSTER,
  /// The namespace of a Pod Identity association.
  NAMESPACE,
  /// The service account of a Pod Identity association.
  SERVICE_ACCOUNT,
  /// Whether a Pod Identity association has session tags: [#ON] or [#OFF].
  SESSION_TAGS;

  /// Session tags are on.
  public static final String ON = "on";

  /// Session tags are off.
  public static final String OFF = "off";

  TextGrammar grammar() {
    return switch (this) {
      case SUBJECT -> SubjectGrammar.subject();
      case AUDIENCE -> TextGrammar.ANY;
      case CLUSTER -> new ClusterArnGrammar();
      case NAMESPACE -> SubjectGrammar.namespace();
      case SERVICE_ACCOUNT -> SubjectGrammar.name();
      case SESSION_TAGS -> new WordGrammar(List.of(ON, OFF));
    };
  }

  /// Whether a value may have capital letters.
  boolean hasCapitals() {
    return switch (this) {
      case AUDIENCE, CLUSTER -> true;
      case SUBJECT, NAMESPACE, SERVICE_ACCOUNT, SESSION_TAGS -> false;
    };
  }

  /// Values that a person can believe in.
  List<String> examples() {
    return switch (this) {
      case SUBJECT ->
          List.of("system:serviceaccount:other:app", "system:serviceaccount:default:default");
      case AUDIENCE -> List.of("another-audience");
      case CLUSTER -> List.of("arn:aws:eks:eu-west-1:444455556666:cluster/other");
      case NAMESPACE -> List.of("other");
      case SERVICE_ACCOUNT -> List.of("app");
      case SESSION_TAGS -> List.of();
    };
  }

  /// Stable name, as `service-account`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

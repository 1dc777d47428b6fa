package io.github.eksidentity.report.text;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.report.page.Cut;
import io.github.eksidentity.report.page.Names;

/// An edge in one line of words.
public final class EdgeText {
  /// Longer than any name of a service account.
  private static final int LONGEST_NAME = 400;

  private EdgeText() {}

  /// As `payments/api of cluster shop to role payments-api by irsa (bound, works, read)`.
  public static String of(Edge edge) {
    return "%s of %s to role %s by %s (%s, %s, %s)"
        .formatted(
            cut(edge.serviceAccount()),
            place(edge.place()),
            cut(Names.ofRole(edge.role()))
                + edge.targetRole().map(target -> " and " + cut(Names.ofRole(target))).orElse(""),
            edge.mechanism().id(),
            bound(edge),
            edge.status().id(),
            edge.rights().id());
  }

  /// Whose service accounts, as `cluster shop`.
  static String place(Edge.Place place) {
    String name = cut(place.name());
    if (place.region().isPresent()) {
      return "cluster " + name;
    }
    return switch (name) {
      case "*" -> "any cluster";
      case String arn when arn.startsWith("arn:") -> "clusters " + arn;
      case String issuer -> "issuer " + issuer;
    };
  }

  /// Whether the service account names the role, or an association binds it.
  static String bound(Edge edge) {
    return switch (edge.declared()) {
      case YES -> "bound";
      case NO -> "unbound";
      case UNKNOWN -> "bound?";
    };
  }

  /// As `1 edge added`.
  public static String counted(int count, String happened) {
    return count + (count == 1 ? " edge " : " edges ") + happened;
  }

  private static String cut(String name) {
    return Cut.to(LONGEST_NAME, name);
  }
}

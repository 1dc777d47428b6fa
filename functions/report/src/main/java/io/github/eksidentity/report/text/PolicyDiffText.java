package io.github.eksidentity.report.text;

import io.github.eksidentity.core.access.PolicyDiff;
import io.github.eksidentity.core.policy.admit.AdmissionChange;
import io.github.eksidentity.core.policy.admit.AdmissionChange.Undetermined;
import io.github.eksidentity.core.policy.admit.Callers;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.admit.PrincipalChange;
import io.github.eksidentity.core.policy.admit.TextPattern;
import io.github.eksidentity.report.page.Names;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The difference of two trust policies for a person: who gains, who loses, one example of each.
public final class PolicyDiffText {
  private static final int INDENT = 4;

  private final Page page;

  private PolicyDiffText(Page page) {
    this.page = page;
  }

  /// The whole difference.
  public static String render(PolicyDiff diff, int width, boolean colour) {
    Page page = new Page(width, colour);
    new PolicyDiffText(page).write(diff);
    return page.toString();
  }

  private void write(PolicyDiff diff) {
    chapter(
        "Gain access", "+ ", Style.RED, diff, AdmissionChange::gained, PrincipalChange.Kind.GAINED);
    chapter(
        "Lose access", "- ", Style.GREEN, diff, AdmissionChange::lost, PrincipalChange.Kind.LOST);
    undetermined(diff);
    page.blank()
        .paragraph(
            0,
            Style.BOLD,
            switch (diff.verdict()) {
              case GAIN -> "Somebody gains access.";
              case UNKNOWN -> "It is not known whether anybody gains access.";
              case NO_GAIN -> "Nobody gains access.";
            });
  }

  private void chapter(
      String title,
      String sign,
      Style style,
      PolicyDiff diff,
      Function<AdmissionChange, List<Callers>> callers,
      PrincipalChange.Kind kind) {
    boolean empty =
        diff.ways().stream().allMatch(way -> callers.apply(way.change()).isEmpty())
            && diff.others().stream().noneMatch(other -> other.kind() == kind);
    if (empty) {
      return;
    }
    page.blank().paragraph(0, Style.BOLD, title);
    for (PolicyDiff.Way way : diff.ways()) {
      List<Callers> all = callers.apply(way.change());
      if (!all.isEmpty()) {
        page.blank().paragraph(2, Style.NONE, name(way));
        all.forEach(each -> callers(sign, style, way, each));
      }
    }
    diff.others().stream()
        .filter(other -> other.kind() == kind)
        .forEach(other -> page.blank().hanging(2, sign, style, other.principal()));
  }

  private static String name(PolicyDiff.Way way) {
    return way.provider()
        .map(provider -> "IRSA by provider " + Names.ofProvider(provider))
        .orElse("Pod Identity");
  }

  private void callers(String sign, Style style, PolicyDiff.Way way, Callers callers) {
    String head = sign;
    for (Claim claim : callers.example().keySet()) {
      Optional<Callers.Match> match = Optional.ofNullable(callers.claims().get(claim));
      if (match.isPresent() || alwaysShown(claim)) {
        page.hanging(
            INDENT, head + label(claim), style, match.map(PolicyDiffText::words).orElse("any"));
        head = "  ";
      }
    }
    field("example", example(way, callers.claims(), callers.example()));
    if (!callers.conditions().isEmpty()) {
      field("depends on", String.join("; ", callers.conditions()));
    }
  }

  private static boolean alwaysShown(Claim claim) {
    return switch (claim) {
      case SUBJECT, CLUSTER, NAMESPACE, SERVICE_ACCOUNT -> true;
      case AUDIENCE, SESSION_TAGS -> false;
    };
  }

  private static String label(Claim claim) {
    return "%-16s ".formatted(claim.id().replace('-', ' '));
  }

  private void field(String name, String text) {
    page.hanging(INDENT, "  %-16s ".formatted(name), Style.NONE, text);
  }

  private static String words(Callers.Match match) {
    String all = match.all().isEmpty() ? "any" : joined(" and also ", match.all());
    return match.none().isEmpty() ? all : all + ", but not " + joined(" nor ", match.none());
  }

  private static String joined(String word, List<TextPattern> patterns) {
    return patterns.stream().map(TextPattern::toString).collect(Collectors.joining(word));
  }

  private static String example(
      PolicyDiff.Way way, Map<Claim, Callers.Match> claims, Map<Claim, String> example) {
    if (way.provider().isPresent()) {
      String audience =
          claims.containsKey(Claim.AUDIENCE)
              ? " with audience " + example.getOrDefault(Claim.AUDIENCE, "")
              : "";
      return example.getOrDefault(Claim.SUBJECT, "") + audience;
    }
    String tags =
        claims.containsKey(Claim.SESSION_TAGS)
            ? ", session tags " + example.getOrDefault(Claim.SESSION_TAGS, "")
            : "";
    return example.getOrDefault(Claim.NAMESPACE, "")
        + "/"
        + example.getOrDefault(Claim.SERVICE_ACCOUNT, "")
        + " of "
        + example.getOrDefault(Claim.CLUSTER, "")
        + tags;
  }

  private void undetermined(PolicyDiff diff) {
    boolean empty =
        diff.ways().stream().allMatch(way -> way.change().undetermined().isEmpty())
            && diff.others().stream()
                .noneMatch(other -> other.kind() == PrincipalChange.Kind.UNDETERMINED);
    if (empty) {
      return;
    }
    page.blank().paragraph(0, Style.BOLD, "Not known");
    for (PolicyDiff.Way way : diff.ways()) {
      for (Undetermined undetermined : way.change().undetermined()) {
        page.blank().paragraph(2, Style.NONE, name(way));
        page.hanging(INDENT, "? ", Style.YELLOW, undetermined.reason());
        undetermined
            .example()
            .ifPresent(example -> field("example", example(way, Map.of(), example)));
      }
    }
    diff.others().stream()
        .filter(other -> other.kind() == PrincipalChange.Kind.UNDETERMINED)
        .forEach(
            other ->
                page.blank()
                    .hanging(
                        2,
                        "? ",
                        Style.YELLOW,
                        other.principal()
                            + ": it is not known whether the new policy allows it more"));
  }
}

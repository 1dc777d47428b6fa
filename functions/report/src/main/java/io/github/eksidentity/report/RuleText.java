package io.github.eksidentity.report;

import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import java.util.List;
import java.util.stream.Collectors;

/// Rules for a person at a terminal.
public final class RuleText {
  private RuleText() {}

  /// Every rule with severity and title, by chapter of the catalogue.
  public static String list(List<Rule> rules, int width, boolean colour) {
    Page page =
        new Page(
            new TextOptions(width, colour, false, io.github.eksidentity.core.audit.Severity.INFO)
                .width(),
            colour);
    for (Category category : Category.values()) {
      List<RuleMetadata> chapter =
          rules.stream()
              .map(Rule::metadata)
              .filter(metadata -> metadata.category() == category)
              .toList();
      if (!chapter.isEmpty()) {
        page.blank().paragraph(0, Style.BOLD, category.title());
        chapter.forEach(metadata -> entry(page, metadata));
      }
    }
    return page.toString();
  }

  private static void entry(Page page, RuleMetadata rule) {
    String severity = Style.symbol(rule.severity()) + " " + rule.severity().id();
    page.hanging(2, "%-11s".formatted(severity), Style.of(rule.severity()), rule.id());
    page.paragraph(13, Style.NONE, rule.title());
  }

  /// Everything about one rule.
  public static String show(RuleMetadata rule, int width, boolean colour) {
    Page page = new Page(width, colour);
    page.hanging(
        0,
        "",
        Style.BOLD,
        rule.id() + "  " + Style.symbol(rule.severity()) + " " + rule.severity().id());
    page.paragraph(0, Style.NONE, rule.title());
    section(page, "Why", rule.why());
    section(page, "Risk", rule.risk());
    section(page, "What to do", rule.remediation());
    page.blank().paragraph(0, Style.BOLD, "Must have read");
    page.paragraph(2, Style.NONE, needs(rule.needs()));
    if (!rule.refinedBy().isEmpty()) {
      page.paragraph(2, Style.NONE, "Made more precise by: " + needs(rule.refinedBy()));
    }
    page.blank().paragraph(0, Style.BOLD, "References");
    rule.references().forEach(url -> page.verbatim(2, url));
    return page.toString();
  }

  private static void section(Page page, String title, String text) {
    page.blank().paragraph(0, Style.BOLD, title).paragraph(2, Style.NONE, text);
  }

  /// Needs in words.
  static String needs(List<Need> needs) {
    return needs.stream().map(RuleText::words).collect(Collectors.joining(", "));
  }

  static String words(Need need) {
    return switch (need) {
      case IAM -> "roles and trust policies";
      case IAM_POLICIES -> "policies of roles";
      case IAM_USAGE -> "last use of roles";
      case OIDC -> "OIDC providers";
      case EKS -> "clusters of the region concerned";
      case EKS_EVERYWHERE -> "clusters of every enabled region";
      case ASSOCIATIONS -> "Pod Identity associations";
      case ADDONS -> "add-ons";
      case NODE_GROUPS -> "node groups";
    };
  }
}

package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.util.List;
import java.util.stream.Collectors;

/// Rules for a person at a terminal.
public final class RuleText {
  private RuleText() {}

  /// Every rule with severity and title, by chapter of the catalogue.
  public static String list(List<Rule> rules, int width, boolean colour) {
    Page page = new Page(width, colour);
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
    List<String> actions = actions(rule.needs());
    if (!actions.isEmpty()) {
      page.paragraph(2, Style.DIM, "IAM actions: " + String.join(", ", actions));
    }
    page.blank().paragraph(0, Style.BOLD, "References");
    rule.references().forEach(url -> page.verbatim(2, url));
    return page.toString();
  }

  private static void section(Page page, String title, String text) {
    page.blank().paragraph(0, Style.BOLD, title).paragraph(2, Style.NONE, text);
  }

  /// Needs in words.
  public static String needs(List<Need> needs) {
    return needs.isEmpty()
        ? "nothing of the account"
        : needs.stream().map(RuleText::words).collect(Collectors.joining(", "));
  }

  static String words(Need need) {
    return switch (need) {
      case IAM -> "roles and trust policies";
      case IAM_POLICIES -> "policies of roles";
      case IAM_USAGE -> "last use of roles";
      case SIMULATIONS -> "IAM's policy simulator";
      case OIDC -> "OIDC providers";
      case EKS -> "clusters of the region concerned";
      case EKS_EVERYWHERE -> "clusters of every enabled region";
      case ASSOCIATIONS -> "Pod Identity associations";
      case ADDONS -> "add-ons";
      case NODE_GROUPS -> "node groups";
      case SERVICE_ACCOUNTS -> "service accounts of the cluster";
      case PODS -> "pods of the cluster";
      case WEBHOOKS -> "mutating webhook configurations of the cluster";
      case RBAC -> "RBAC of the cluster";
      case TRAIL -> "CloudTrail";
    };
  }

  /// The IAM actions that a live audit calls to read these needs, in alphabetical order.
  public static List<String> actions(List<Need> needs) {
    return needs.stream().flatMap(need -> actions(need).stream()).distinct().sorted().toList();
  }

  private static List<String> actions(Need need) {
    return switch (need) {
      case IAM, IAM_POLICIES, IAM_USAGE -> List.of("iam:GetAccountAuthorizationDetails");
      case SIMULATIONS -> List.of("iam:SimulatePrincipalPolicy");
      case OIDC -> List.of("iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviders");
      case EKS -> List.of("eks:DescribeCluster", "eks:ListClusters");
      case EKS_EVERYWHERE ->
          List.of("account:ListRegions", "eks:DescribeCluster", "eks:ListClusters");
      case ASSOCIATIONS ->
          List.of("eks:DescribePodIdentityAssociation", "eks:ListPodIdentityAssociations");
      case ADDONS -> List.of("eks:DescribeAddon", "eks:ListAddons");
      case NODE_GROUPS -> List.of("eks:DescribeNodegroup", "eks:ListNodegroups");
      case SERVICE_ACCOUNTS, PODS, WEBHOOKS, RBAC -> List.of();
      case TRAIL -> List.of("cloudtrail:LookupEvents");
    };
  }
}

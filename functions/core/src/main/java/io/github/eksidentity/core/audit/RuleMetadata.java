package io.github.eksidentity.core.audit;

import java.util.List;
import java.util.Optional;

/// What is known of a rule before it looks at an account. The rule pages are made from it.
///
/// @param id public and never reused
/// @param title what is wrong, as a phrase without a full stop, at most 100 characters
/// @param severity the default; evidence may raise or lower it
/// @param impact what a violation does to those whom it concerns
/// @param why how it comes about and what the pod or its user sees
/// @param risk what follows if nobody acts
/// @param remediation what to do, in general
/// @param references addresses of the documentation that it stands on, at least one
/// @param needs scopes that must be completely read, otherwise the verdict is Undecided
/// @param refinedBy scopes that, where read, can show a more specific cause; the rule speaks
/// without them where nobody tried to read them, and is Undecided where reading them failed
/// @param yieldsTo ids of more specific rules: where one of them speaks of the same statement of
/// the same resource, of the resource as a whole, or of another resource that the violation
/// concerns, this one stays silent about it
/// @param breaks the step of a way from pod to role that a finding breaks; empty where it breaks
/// none
/// @param doubts the step that a finding leaves in doubt, because it may hold for some of the pods
/// only
/// @param mark what a finding says of the ways to its role; empty where it says nothing of them
public record RuleMetadata(
    String id,
    String title,
    Severity severity,
    Impact impact,
    Category category,
    String why,
    String risk,
    String remediation,
    List<String> references,
    List<Need> needs,
    List<Need> refinedBy,
    List<String> yieldsTo,
    Optional<ExplainStep> breaks,
    Optional<ExplainStep> doubts,
    Optional<EdgeMark> mark) {
  public RuleMetadata {
    references = List.copyOf(references);
    needs = List.copyOf(needs);
    refinedBy = List.copyOf(refinedBy);
    yieldsTo = List.copyOf(yieldsTo);
    if (!id.matches("[a-z]+(-[a-z0-9]+)+")) {
      throw new IllegalArgumentException("not a rule id: " + id);
    }
  }

  /// The usual start: id, severity, impact, category and title; the texts follow.
  public static Builder rule(
      String id, Severity severity, Impact impact, Category category, String title) {
    return new Builder(id, severity, impact, category, title);
  }

  /// Whether a finding breaks this step or leaves it in doubt.
  public boolean concerns(ExplainStep step) {
    return breaks.or(() -> doubts).equals(Optional.of(step));
  }

  /// Whether a finding says this of the ways to its role.
  public boolean marks(EdgeMark kind) {
    return mark.equals(Optional.of(kind));
  }

  /// Collects the parts by name, because so many arguments in a row are unreadable.
  public static final class Builder {
    private final String id;
    private final Severity severity;
    private final Impact impact;
    private final Category category;
    private final String title;
    private String why = "";
    private String risk = "";
    private String remediation = "";
    private List<String> references = List.of();
    private List<Need> needs = List.of();
    private List<Need> refinedBy = List.of();
    private List<String> yieldsTo = List.of();
    private Optional<ExplainStep> breaks = Optional.empty();
    private Optional<ExplainStep> doubts = Optional.empty();
    private Optional<EdgeMark> mark = Optional.empty();

    private Builder(String id, Severity severity, Impact impact, Category category, String title) {
      this.id = id;
      this.severity = severity;
      this.impact = impact;
      this.category = category;
      this.title = title;
    }

    public Builder why(String text) {
      why = text;
      return this;
    }

    public Builder risk(String text) {
      risk = text;
      return this;
    }

    public Builder remediation(String text) {
      remediation = text;
      return this;
    }

    public Builder references(String... urls) {
      references = List.of(urls);
      return this;
    }

    public Builder needs(Need... scopes) {
      needs = List.of(scopes);
      return this;
    }

    public Builder refinedBy(Need... scopes) {
      refinedBy = List.of(scopes);
      return this;
    }

    public Builder yieldsTo(String... ids) {
      yieldsTo = List.of(ids);
      return this;
    }

    public Builder breaks(ExplainStep step) {
      breaks = Optional.of(step);
      return this;
    }

    public Builder doubts(ExplainStep step) {
      doubts = Optional.of(step);
      return this;
    }

    public Builder marks(EdgeMark kind) {
      mark = Optional.of(kind);
      return this;
    }

    public RuleMetadata build() {
      return new RuleMetadata(
          id,
          title,
          severity,
          impact,
          category,
          why,
          risk,
          remediation,
          references,
          needs,
          refinedBy,
          yieldsTo,
          breaks,
          doubts,
          mark);
    }
  }
}

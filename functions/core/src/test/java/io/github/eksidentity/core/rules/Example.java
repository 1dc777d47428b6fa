package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One account and what a rule says of it. Built in the order in which a person would tell it.
public final class Example {
  /// What the rule does with the example.
  public enum Kind {
    FLAGS,
    ACCEPTS,
    UNDECIDED
  }

  /// A subject that is meant to get in, and must get in once a proposed fix is made.
  public record Intended(String roleArn, String cluster, String subject) {}

  private final Kind kind;
  private final String title;
  private Inventory inventory = TestAccount.account().build();
  private Settings settings = Settings.DEFAULTS;
  private MuteList mutes = MuteList.NONE;
  private String resource = "";
  private Optional<Severity> severity = Optional.empty();
  private final List<String> fragments = new ArrayList<>();
  private final List<Intended> intended = new ArrayList<>();
  private final Set<String> others = new TreeSet<>();

  Example(Kind kind, String title) {
    this.kind = kind;
    this.title = title;
  }

  /// The account; everything that is not named in the example must be healthy.
  public Example in(TestAccount account) {
    inventory = account.build();
    return this;
  }

  /// Settings other than the defaults.
  public Example with(Settings other) {
    settings = other;
    return this;
  }

  /// The mutes there are, where the account is the only one.
  public Example muting(Mute... all) {
    mutes = new MuteList(List.of(all), Set.of());
    return this;
  }

  /// Id of the resource that the rule is to name.
  public Example at(String id) {
    resource = id;
    return this;
  }

  /// The severity where it is not the rule's default.
  public Example severity(Severity expected) {
    severity = Optional.of(expected);
    return this;
  }

  /// A text that the finding's title, evidence or STS error must hold.
  public Example saying(String fragment) {
    fragments.add(fragment);
    return this;
  }

  /// A subject that is meant to get in: once the proposed fix is made, it does.
  public Example admitting(String roleArn, String cluster, String subject) {
    intended.add(new Intended(roleArn, cluster, subject));
    return this;
  }

  /// Another rule that speaks here too, because the example has a second cause.
  public Example alsoFinding(String rule) {
    others.add(rule);
    return this;
  }

  public Kind kind() {
    return kind;
  }

  public String title() {
    return title;
  }

  public Inventory inventory() {
    return inventory;
  }

  public Settings settings() {
    return settings;
  }

  public MuteList mutes() {
    return mutes;
  }

  public String resource() {
    return resource;
  }

  public Optional<Severity> severity() {
    return severity;
  }

  public List<String> fragments() {
    return fragments;
  }

  public List<Intended> intended() {
    return intended;
  }

  public Set<String> others() {
    return others;
  }
}

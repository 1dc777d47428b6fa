package io.github.eksidentity.core.policy.admit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The ARNs that an EKS cluster can have, as an automaton.
///
/// Documented at
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html>.
final class ClusterArnGrammar implements TextGrammar {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws[a-z-]*:eks:[a-z0-9-]+:[0-9]{12}:cluster/[0-9A-Za-z][0-9A-Za-z_-]{0,99}");
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String ALPHANUMERIC = LOWER + DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int ACCOUNT_DIGITS = 12;

  /// One character of a set.
  ///
  /// @param many whether it is any number of characters instead, none included
  private record Part(String characters, boolean many) {
    boolean takes(int codePoint) {
      return characters.indexOf(codePoint) >= 0;
    }
  }

  /// A state is the index of the part that comes next. The parts that repeat have no character of
  /// the part behind them.
  private final List<Part> parts = new ArrayList<>();

  ClusterArnGrammar() {
    letters("arn:aws");
    parts.add(new Part(LOWER + "-", true));
    letters(":eks:");
    parts.add(new Part(LOWER + DIGITS + "-", false));
    parts.add(new Part(LOWER + DIGITS + "-", true));
    letters(":");
    for (int i = 0; i < ACCOUNT_DIGITS; i++) {
      parts.add(new Part(DIGITS, false));
    }
    letters(":cluster/");
    parts.add(new Part(ALPHANUMERIC, false));
    parts.add(new Part(ALPHANUMERIC + "-_", true));
  }

  private void letters(String text) {
    text.chars().forEach(c -> parts.add(new Part(Character.toString(c), false)));
  }

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int next(int state, int codePoint) {
    Part part = parts.get(state);
    if (part.takes(codePoint)) {
      return part.many() ? state : state + 1;
    }
    return part.many() && state + 1 < parts.size() ? next(state + 1, codePoint) : DEAD;
  }

  @Override
  public boolean accepting(int state) {
    return state == parts.size() - 1;
  }

  @Override
  public boolean accepts(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String needed() {
    return DIGITS;
  }

  @Override
  public String forced() {
    return "arn:aws:eks:cluster/";
  }

  @Override
  public String forced(int state) {
    Part part = parts.get(state);
    return !part.many() && part.characters().length() == 1 ? part.characters() : "";
  }
}

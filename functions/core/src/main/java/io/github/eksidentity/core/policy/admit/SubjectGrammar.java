package io.github.eksidentity.core.policy.admit;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The subjects that a service account token can carry, as an automaton: the fixed prefix, a
/// namespace that is an RFC 1123 label, a colon, and a name that is an RFC 1123 subdomain.
///
/// Documented at <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/>.
final class SubjectGrammar {
  static final String PREFIX = "system:serviceaccount:";
  private static final int START = 0;
  private static final int DEAD = TextGrammar.DEAD;

  private static final int NAMESPACE = PREFIX.length();
  private static final int NAMESPACE_ALNUM = NAMESPACE + 1;
  private static final int NAMESPACE_DASH = NAMESPACE + 2;
  private static final int NAME = NAMESPACE + 3;
  private static final int NAME_ALNUM = NAMESPACE + 4;
  private static final int NAME_DASH = NAMESPACE + 5;

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          PREFIX + "(?<namespace>" + LABEL + "):(?<name>" + LABEL + "(\\." + LABEL + ")*)");
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_SUBDOMAIN = 253;

  private SubjectGrammar() {}

  /// The whole subject.
  static TextGrammar subject() {
    return new Section(START, NAME_ALNUM, text -> accepts(text));
  }

  /// The namespace alone.
  static TextGrammar namespace() {
    return new Section(NAMESPACE, NAMESPACE_ALNUM, text -> accepts(PREFIX + text + ":x"));
  }

  /// The service account's name alone.
  static TextGrammar name() {
    return new Section(NAME, NAME_ALNUM, text -> accepts(PREFIX + "x:" + text));
  }

  /// A part of the automaton, from one state to another.
  private record Section(int start, int end, Predicate<String> form) implements TextGrammar {
    @Override
    public int next(int state, int codePoint) {
      // Behind its end another part begins.
      int behind = SubjectGrammar.next(state, codePoint);
      return start == NAMESPACE && behind == NAME ? DEAD : behind;
    }

    @Override
    public boolean accepting(int state) {
      return state == end;
    }

    @Override
    public boolean accepts(String text) {
      return form.test(text);
    }

    @Override
    public String forced() {
      return PREFIX;
    }

    @Override
    public String forced(int state) {
      return state < NAMESPACE ? PREFIX.substring(state, state + 1) : "";
    }
  }

  /// Whether a token can carry this subject, lengths included.
  static boolean accepts(String subject) {
    if (subject.length() > PREFIX.length() + LONGEST_LABEL + 1 + LONGEST_SUBDOMAIN) {
      return false;
    }
    var matcher = FORM.matcher(subject);
    return matcher.matches()
        && matcher.group("namespace").length() <= LONGEST_LABEL
        && matcher.group("name").length() <= LONGEST_SUBDOMAIN;
  }

  private static int next(int state, int c) {
    if (state < NAMESPACE) {
      return PREFIX.charAt(state) == c ? state + 1 : DEAD;
    }
    boolean alnum = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (state < NAME) {
      return alnum
          ? NAMESPACE_ALNUM
          : c == '-' && state != NAMESPACE
              ? NAMESPACE_DASH
              : c == ':' && state == NAMESPACE_ALNUM ? NAME : DEAD;
    }
    return alnum
        ? NAME_ALNUM
        : c == '-' && state != NAME ? NAME_DASH : c == '.' && state == NAME_ALNUM ? NAME : DEAD;
  }
}

package io.github.eksidentity.core.policy.admit;

/// The texts that a claim can be, as an automaton over code points.
interface TextGrammar {
  /// The state from which no text leads on.
  int DEAD = -1;

  /// Any text but the empty one.
  TextGrammar ANY =
      new TextGrammar() {
        @Override
        public int start() {
          return 0;
        }

        @Override
        public int next(int state, int codePoint) {
          return 1;
        }

        @Override
        public boolean accepting(int state) {
          return state == 1;
        }

        @Override
        public boolean accepts(String text) {
          return !text.isEmpty();
        }
      };

  /// The state before the first character.
  int start();

  /// The state behind a state, or DEAD.
  int next(int state, int codePoint);

  /// Whether a text may end in this state.
  boolean accepting(int state);

  /// Whether the claim can be this text, lengths included.
  boolean accepts(String text);

  /// The one character that leads on from a state, empty where several may.
  default String forced(int state) {
    return "";
  }

  /// Every character that some state forces.
  default String forced() {
    return "";
  }

  /// Characters without which there may be no text at all.
  default String needed() {
    return "";
  }
}

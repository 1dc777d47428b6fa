package io.github.eksidentity.core.policy.admit;

import java.util.List;
import java.util.stream.Stream;

/// A few words and nothing else. A state is the index of what has been read so far among the
/// beginnings of the words.
record WordGrammar(List<String> words) implements TextGrammar {
  private List<String> beginnings() {
    return words.stream()
        .flatMap(
            word ->
                Stream.iterate(0, i -> i <= word.length(), i -> i + 1)
                    .map(i -> word.substring(0, i)))
        .distinct()
        .toList();
  }

  @Override
  public int start() {
    return beginnings().indexOf("");
  }

  @Override
  public int next(int state, int codePoint) {
    return beginnings().indexOf(beginnings().get(state) + Character.toString(codePoint));
  }

  @Override
  public boolean accepting(int state) {
    return accepts(beginnings().get(state));
  }

  @Override
  public boolean accepts(String text) {
    return words.contains(text);
  }
}

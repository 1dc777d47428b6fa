package io.github.eksidentity.core.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Words that one typing error makes of one another. Their pseudonyms are made alike too: an audit
/// takes a name that nearly exists for a misspelt one.
final class SimilarWords {
  private static final int SHORTEST = 4;
  private static final int LONGEST = 64;

  /// Words by what is left of them without one letter, and by themselves.
  private final Map<String, List<String>> byPart = new HashMap<>();

  SimilarWords(Collection<String> words) {
    for (String word : words) {
      parts(word).forEach(part -> byPart.computeIfAbsent(part, _ -> new ArrayList<>()).add(word));
    }
  }

  /// Words with one letter left out; of a word of one letter the empty one.
  static Stream<String> shortened(String word) {
    return IntStream.range(0, word.length())
        .mapToObj(i -> word.substring(0, i) + word.substring(i + 1));
  }

  /// The words that are one typing error away.
  List<String> near(String word) {
    return parts(word)
        .flatMap(part -> byPart.getOrDefault(part, List.of()).stream())
        .distinct()
        .filter(other -> edited(other, word, other, word).isPresent())
        .toList();
  }

  private static Stream<String> parts(String word) {
    return compared(word) ? Stream.concat(Stream.of(word), shortened(word)) : Stream.of();
  }

  private static boolean compared(String word) {
    return word.length() >= SHORTEST && word.length() <= LONGEST;
  }

  /// What the typing error that makes one word of another makes of a text of the same length. Empty
  /// where it takes more than one.
  ///
  /// @param letters gives the letter that comes new, at its place
  static Optional<String> edited(String from, String to, String text, String letters) {
    int at = commonBeginning(from, to);
    if (text.length() != from.length() || letters.length() != to.length() || from.equals(to)) {
      return Optional.empty();
    }
    String before = text.substring(0, at);
    String fresh = at < to.length() ? letters.substring(at, at + 1) : "";
    return switch (to.length() - from.length()) {
      case -1 -> when(after(from, at + 1).equals(after(to, at)), before + after(text, at + 1));
      case 1 -> when(after(from, at).equals(after(to, at + 1)), before + fresh + after(text, at));
      case 0 ->
          after(from, at + 1).equals(after(to, at + 1))
              ? Optional.of(before + fresh + after(text, at + 1))
              : when(swapped(from, at).equals(to), swapped(text, at));
      default -> Optional.empty();
    };
  }

  private static Optional<String> when(boolean holds, String text) {
    return holds ? Optional.of(text) : Optional.empty();
  }

  private static String swapped(String text, int at) {
    return text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + after(text, at + 2);
  }

  private static String after(String text, int at) {
    return text.substring(Math.min(at, text.length()));
  }

  private static int commonBeginning(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    return IntStream.range(0, shorter)
        .filter(i -> one.charAt(i) != other.charAt(i))
        .findFirst()
        .orElse(shorter);
  }
}

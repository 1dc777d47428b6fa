package io.github.eksidentity.core.redact;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

/// Invents a pseudonym for each of some words: no two get the same, none gets another's word, and
/// none gets a public one. A pseudonym is as long as its word and has digits where that has them,
/// so that limits of size and forms of ids hold as before.
final class Pseudonyms {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{16,}");
  private static final String HEX_LETTERS = "abcdef";
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final String OTHER_LETTERS = "àáâäåçèéêëìíîïñòóôöùúûü";
  private static final int ASCII = 0x80;
  private static final int ATTEMPTS_OF_A_LENGTH = 200;
  private static final int ATTEMPTS_ALIKE = 20;

  private final SortedSet<String> words;
  private final byte[] salt;
  private final Map<String, String> byWord = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /// @param words in lower case
  Pseudonyms(SortedSet<String> words, byte[] salt) {
    this.words = words;
    this.salt = salt.clone();
  }

  Map<String, String> byWord() {
    SimilarWords likeness = new SimilarWords(words);
    for (String word : words) {
      if (!byWord.containsKey(word)) {
        byWord.put(word, pseudonym(word, Optional.empty()));
        spread(word, likeness);
      }
    }
    return byWord;
  }

  /// Gives a word's likes, and theirs, pseudonyms that are alike.
  private void spread(String first, SimilarWords likeness) {
    Deque<String> given = new ArrayDeque<>(List.of(first));
    while (!given.isEmpty()) {
      String word = given.remove();
      for (String other : likeness.near(word)) {
        if (!byWord.containsKey(other)) {
          byWord.put(other, pseudonym(other, Optional.of(word)));
          given.add(other);
        }
      }
    }
  }

  private String pseudonym(String word, Optional<String> like) {
    for (int attempt = 0; ; attempt++) {
      // Short words may have too few others of their length.
      String shape = word + "a".repeat(attempt / ATTEMPTS_OF_A_LENGTH);
      String drawn = drawn(shape, new KeyedBytes(salt, attempt + "/" + word));
      String pseudonym =
          attempt < ATTEMPTS_ALIKE
              ? like.flatMap(other -> alike(other, word, drawn)).orElse(drawn)
              : drawn;
      if (!words.contains(pseudonym) && !PublicWords.keeps(pseudonym) && taken.add(pseudonym)) {
        return pseudonym;
      }
    }
  }

  private Optional<String> alike(String other, String word, String drawn) {
    return SimilarWords.edited(other, word, byWord.getOrDefault(other, ""), drawn);
  }

  private static String drawn(String shape, KeyedBytes bytes) {
    boolean hex = HEX.matcher(shape).matches();
    int beginning = bytes.below(2);
    StringBuilder drawn = new StringBuilder(shape.length());
    for (int i = 0; i < shape.length(); i++) {
      char c = shape.charAt(i);
      if (c >= '0' && c <= '9') {
        drawn.append(digit(c, i == 0, bytes));
      } else if (c >= ASCII) {
        drawn.append(oneOf(OTHER_LETTERS, bytes));
      } else {
        String sound = (i + beginning) % 2 == 0 ? CONSONANTS : VOWELS;
        drawn.append(oneOf(hex ? HEX_LETTERS : sound, bytes));
      }
    }
    return drawn.toString();
  }

  /// A number in JSON must not begin with zero, so one that does not keeps doing so.
  private static char digit(char original, boolean first, KeyedBytes bytes) {
    if (!first) {
      return oneOf("0123456789", bytes);
    }
    return original == '0' ? '0' : oneOf("123456789", bytes);
  }

  private static char oneOf(String characters, KeyedBytes bytes) {
    return characters.charAt(bytes.below(characters.length()));
  }
}

package io.github.eksidentity.core.redact;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What becomes of a word that is not public. WordReplacement that differ only in case become words
/// that differ only in case.
sealed interface WordReplacement {
  /// What stands for a word.
  String of(String word);

  /// Notes the words and changes nothing.
  ///
  /// @param found receives them in lower case
  record Collecting(Set<String> found) implements WordReplacement {
    @Override
    public String of(String word) {
      found.add(key(word));
      return word;
    }
  }

  /// Replaces words.
  ///
  /// @param pseudonyms by word, both in lower case
  record Replacing(Map<String, String> pseudonyms) implements WordReplacement {
    @Override
    public String of(String word) {
      String key = key(word);
      String pseudonym = pseudonyms.get(key);
      if (pseudonym == null) {
        throw new IllegalStateException("a word that was not collected");
      }
      return cased(pseudonym, word);
    }
  }

  private static String key(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private static String cased(String pseudonym, String word) {
    StringBuilder cased = new StringBuilder(pseudonym);
    for (int i = 0; i < Math.min(pseudonym.length(), word.length()); i++) {
      if (Character.isUpperCase(word.charAt(i))) {
        cased.setCharAt(i, Character.toUpperCase(pseudonym.charAt(i)));
      }
    }
    return cased.toString();
  }
}

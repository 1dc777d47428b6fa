package io.github.eksidentity.core.redact;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What becomes of a word that is not public. Words that differ only in case become words that
/// differ only in case.
sealed interface WordReplacement {
  /// What stands for a word of a name.
  String ofName(String word);

  /// What stands for a word of a sentence: a word that is no name's stays.
  String ofSentence(String word);

  /// Notes the words of names and changes nothing.
  ///
  /// @param found receives them in lower case
  record Collecting(Set<String> found) implements WordReplacement {
    @Override
    public String ofName(String word) {
      found.add(key(word));
      return word;
    }

    @Override
    public String ofSentence(String word) {
      return word;
    }
  }

  /// Replaces words.
  ///
  /// @param pseudonyms by word, both in lower case
  record Replacing(Map<String, String> pseudonyms) implements WordReplacement {
    @Override
    public String ofName(String word) {
      String key = key(word);
      String pseudonym = pseudonyms.get(key);
      if (pseudonym == null) {
        throw new IllegalStateException("a word that was not collected");
      }
      return cased(pseudonym, word);
    }

    @Override
    public String ofSentence(String word) {
      String pseudonym = pseudonyms.get(key(word));
      return pseudonym == null ? word : cased(pseudonym, word);
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

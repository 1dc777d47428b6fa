package io.github.eksidentity.core.redact;

import io.github.eksidentity.core.facts.Inventory;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// Replaces what names an account: ids, names, hosts and addresses. An audit of the result finds
/// the same faults of the same severity.
///
/// A name is replaced word by word, and a word by the same pseudonym everywhere in the inventory.
/// The words of [PublicWords] stay. Structure, times, counts and the lengths of words stay too.
public final class Redaction {
  private Redaction() {}

  /// The same facts about other names.
  ///
  /// @param salt random and not kept: whoever knows it can test a guessed name. The same inventory
  /// with the same salt becomes the same
  public static Inventory of(Inventory inventory, byte[] salt) {
    return replaced(salt, texts -> new RedactedInventory(texts).of(inventory));
  }

  /// What a task makes of its texts. It is done twice: to find the words, and to replace them.
  static <T> T replaced(byte[] salt, Function<RedactedText, T> task) {
    Addresses addresses = new Addresses(salt);
    TreeSet<String> found = new TreeSet<>();
    T _ = task.apply(new RedactedText(new WordReplacement.Collecting(found), addresses));
    Map<String, String> pseudonyms = new Pseudonyms(found, salt).byWord();
    return task.apply(new RedactedText(new WordReplacement.Replacing(pseudonyms), addresses));
  }
}

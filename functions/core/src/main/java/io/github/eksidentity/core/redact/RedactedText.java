package io.github.eksidentity.core.redact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces names in texts. What stands between the words of a name stays, so that patterns still
/// match what they matched.
final class RedactedText {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");
  private static final Pattern PART =
      Pattern.compile(
          "(?<kept>(?<![\\w.-])(?:"
              + String.join("|", PublicWords.HOSTS.stream().map(Pattern::quote).toList())
              + ")(?![\\w.-])"
              + "|arn:aws[a-z-]*:iam::aws:[\\w+=,.@/*?-]+"
              + "|arn:aws[a-z-]*:[a-z][a-z0-9-]*(?=:)"
              + "|(?<=aws-service-role/)[a-z0-9.-]+\\.amazonaws\\.com(?:\\.cn)?)"
              + "|(?<![\\w])(?<kind>A(?:ROA|IDA|KIA|SIA|GPA|NPA|NVA|IPA))(?<unique>[A-Z0-9]{12,})"
              + "|(?<![\\w.])(?<dotted>\\d{1,3}(?:\\.\\d{1,3}){3})(?!\\.?\\w)"
              + "|(?<=\\bip-)(?<dashed>\\d{1,3}(?:-\\d{1,3}){3})(?!-?\\w)"
              + "|(?<![\\w:.])(?<colons>[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\\w:])"
              + "|(?<word>"
              + WORD
              + ")");

  private static final Pattern V6 = Pattern.compile("(?=.*[0-9])(?:.*::.*|(?:[^:]+:){7}[^:]+)");

  /// A word of a sentence, or words that only punctuation joins.
  private static final Pattern OF_SENTENCE =
      Pattern.compile(WORD + "(?:[^\\s\\p{L}\\p{Nd}\"'()<>,;]+" + WORD + ")*");

  private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Z][A-Za-z]+");
  private static final Pattern SHARED_KEY =
      Pattern.compile("(?:aws:|eks:|(?:[a-z0-9-]+\\.)*amazonaws\\.com/).*", Pattern.DOTALL);

  private final WordReplacement words;
  private final Addresses addresses;

  RedactedText(WordReplacement words, Addresses addresses) {
    this.words = words;
    this.addresses = addresses;
  }

  /// A name, an ARN, a host, a path, or anything that is made of names.
  String name(String text) {
    return PART.matcher(text).replaceAll(part -> Matcher.quoteReplacement(part(part)));
  }

  Optional<String> name(Optional<String> text) {
    return text.map(this::name);
  }

  List<String> names(List<String> texts) {
    return texts.stream().map(this::name).toList();
  }

  /// Labels, annotations or tags; the keys that AWS reserves for itself stay.
  Map<String, String> names(Map<String, String> texts) {
    Map<String, String> replaced = new HashMap<>();
    texts.forEach((key, value) -> replaced.put(key(key), name(value)));
    return replaced;
  }

  /// The key of a label, an annotation or a tag.
  String key(String key) {
    return SHARED_KEY.matcher(key).matches() ? key : name(key);
  }

  /// A sentence of AWS or of Kubernetes that may speak of names.
  String sentence(String text) {
    return OF_SENTENCE
        .matcher(text)
        .replaceAll(part -> Matcher.quoteReplacement(ofSentence(part.group())));
  }

  private String ofSentence(String part) {
    if (ACTION.matcher(part).matches() || PublicWords.keeps(part)) {
      return part;
    }
    return part.chars().allMatch(Character::isLetter) ? words.ofSentence(part) : name(part);
  }

  private String part(MatchResult part) {
    if (part.group("kept") != null) {
      return part.group();
    }
    if (part.group("kind") != null) {
      return part.group("kind") + word(part.group("unique"));
    }
    if (part.group("colons") != null) {
      return V6.matcher(part.group()).matches()
          ? addresses.ofV6(part.group())
          : words(part.group());
    }
    return part.group("word") == null ? addresses.ofV4(part.group()) : word(part.group());
  }

  private String words(String text) {
    return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(word(word.group())));
  }

  private String word(String word) {
    return PublicWords.keeps(word) ? word : words.ofName(word);
  }
}

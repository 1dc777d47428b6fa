package io.github.eksidentity.core.redact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces names in texts. What stands between the words of a name stays, so that patterns still
/// match what they matched.
final class RedactedText {
  private static final String WORD = "[\\p{L}\\p{Nd}]+";

  private static final String PUBLIC_HOST =
      "(?<![\\w.-])(?:"
          + String.join("|", PublicWords.HOSTS.stream().map(Pattern::quote).toList())
          + ")(?![\\w.-])";

  /// What AWS itself has coined although some of its words may not be public alone.
  private static final String OF_AWS =
      "|arn:aws[a-z-]*:iam::aws:[\\w+=,.@/*?-]+"
          + "|arn:aws[a-z-]*:[a-z][a-z0-9-]*(?=:)"
          + "|(?<=aws-service-role/)[a-z0-9.-]+\\.amazonaws\\.com(?:\\.cn)?";

  private static final String IDS_AND_WORDS =
      "|(?<![\\w])(?<kind>A(?:ROA|IDA|KIA|SIA|GPA|NPA|NVA|IPA))(?<unique>[A-Z0-9]{12,})|"
          + AddressForms.V4
          + "|"
          + AddressForms.SPACED_ACCOUNT
          + "|"
          + AddressForms.V6
          + "|(?<word>"
          + WORD
          + ")";

  private static final Pattern OF_NAME =
      Pattern.compile("(?<kept>" + PUBLIC_HOST + OF_AWS + ")" + IDS_AND_WORDS);
  private static final Pattern OF_SENTENCE =
      Pattern.compile("(?<kept>" + PUBLIC_HOST + ")" + IDS_AND_WORDS);
  private static final Pattern WORDS = Pattern.compile(WORD);
  private static final Pattern NUMBERS = Pattern.compile("\\d+");
  private static final Pattern NOT_DIGITS = Pattern.compile("\\D+");

  private final WordReplacement words;
  private final Addresses addresses;

  RedactedText(WordReplacement words, Addresses addresses) {
    this.words = words;
    this.addresses = addresses;
  }

  /// A name, an ARN, a host, a path, or anything that is made of names.
  String name(String text) {
    return replaced(OF_NAME, text, PublicWords::keeps);
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
    return isOfAws(key) ? key : name(key);
  }

  private static boolean isOfAws(String key) {
    String host = key.substring(0, Math.max(0, key.indexOf('/')));
    return key.startsWith("aws:")
        || key.startsWith("eks:")
        || host.equals("amazonaws.com")
        || host.endsWith(".amazonaws.com");
  }

  /// What AWS, Kubernetes or a person wrote in words. Of these it keeps [SentenceWords] alone: what
  /// is left may be a name that stands nowhere else.
  String sentence(String text) {
    return replaced(OF_SENTENCE, text, SentenceWords::keeps);
  }

  Optional<String> sentence(Optional<String> text) {
    return text.map(this::sentence);
  }

  private String replaced(Pattern parts, String text, Predicate<String> keeps) {
    return parts.matcher(text).replaceAll(part -> Matcher.quoteReplacement(part(part, keeps)));
  }

  private String part(MatchResult part, Predicate<String> keeps) {
    if (part.group("kept") != null) {
      return part.group();
    }
    if (part.group("kind") != null) {
      return part.group("kind") + word(part.group("unique"), keeps);
    }
    if (part.group("account") != null) {
      return account(part.group());
    }
    if (part.group("colons") != null) {
      return AddressForms.isV6(part.group())
          ? addresses.ofV6(part.group())
          : words(part.group(), keeps);
    }
    if (part.group("dashes") != null) {
      return addresses.ofV6(part.group().replace('-', ':')).replace(':', '-');
    }
    return part.group("word") == null ? addresses.ofV4(part.group()) : word(part.group(), keeps);
  }

  /// An account id in groups of digits becomes what the id becomes, in the same groups.
  private String account(String grouped) {
    String id = words.of(NOT_DIGITS.matcher(grouped).replaceAll(""));
    StringBuilder digits = new StringBuilder(id);
    return NUMBERS
        .matcher(grouped)
        .replaceAll(
            group -> {
              String part = digits.substring(0, group.group().length());
              digits.delete(0, part.length());
              return part;
            });
  }

  private String words(String text, Predicate<String> keeps) {
    return WORDS
        .matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement(word(word.group(), keeps)));
  }

  private String word(String word, Predicate<String> keeps) {
    return keeps.test(word) ? word : words.of(word);
  }
}

package io.github.eksidentity.report.page;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds characters that are taken for others by sight: a name with one of them is another name,
/// which nobody sees.
///
/// Words in another script stay as they are, unless each of their letters looks like a Latin one.
///
/// @see <a href="https://www.unicode.org/reports/tr39/">Unicode: security mechanisms</a>
final class LookAlikes {
  /// Scripts some letters of which look like Latin ones.
  private static final Set<UnicodeScript> SIMILAR =
      EnumSet.of(
          UnicodeScript.CYRILLIC,
          UnicodeScript.GREEK,
          UnicodeScript.ARMENIAN,
          UnicodeScript.CHEROKEE,
          UnicodeScript.COPTIC,
          UnicodeScript.LISU,
          UnicodeScript.DESERET);

  /// Cyrillic and Greek letters that look like Latin ones in most fonts.
  private static final Set<Integer> LATIN_SHAPED =
      points(
          "\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04BB\u0501\u051B\u051D"
              + "\u0410\u0412\u0415\u041A\u041C\u041D\u041E\u0420\u0421\u0422\u0423\u0425\u0405"
              + "\u0406\u0408\u04C0\u04CF\u03B1\u03B9\u03BA\u03BD\u03BF\u03C1\u03C4\u03C5\u03C7"
              + "\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5"
              + "\u03A7\u03F2\u03F3");

  /// Letters and marks of other kinds that look like ASCII ones: dotless i, script a and g, clicks,
  /// apostrophes, hyphens, minus, slashes, colons, asterisks.
  private static final Set<Integer> ALWAYS =
      points(
          "\u0131\u0251\u0261\u01C0\u01C3\u02B9\u02BB\u02BC\u02BD\u02C8\u02D0\u2010\u2011\u2012"
              + "\u2018\u2019\u201B\u2032\u204E\u2044\u2212\u2215\u2217\u2236\uA789\uA78C");

  private static final int ASCII = 0x80;
  private static final int ELLIPSIS = 0x2026;

  private LookAlikes() {}

  private static Set<Integer> points(String characters) {
    return characters.codePoints().boxed().collect(Collectors.toUnmodifiableSet());
  }

  /// The places of such characters in a text.
  static BitSet in(int[] text) {
    BitSet found = new BitSet();
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || !Character.isLetterOrDigit(text[i])) {
        word(text, start, i, found);
        start = i + 1;
      }
      if (i < text.length && (alone(text[i]) || combined(text, i))) {
        found.set(i);
      }
    }
    return found;
  }

  private static void word(int[] text, int from, int to, BitSet found) {
    boolean latin = false;
    boolean shaped = true;
    for (int i = from; i < to; i++) {
      latin |= text[i] < ASCII && Character.isLetter(text[i]);
      shaped &= text[i] < ASCII || LATIN_SHAPED.contains(text[i]);
    }
    for (int i = from; i < to && (latin || shaped); i++) {
      if (text[i] >= ASCII && SIMILAR.contains(UnicodeScript.of(text[i]))) {
        found.set(i);
      }
    }
  }

  /// Also what compatibility makes the same as ASCII: full-width and mathematical letters, Roman
  /// numerals, small and raised digits.
  private static boolean alone(int point) {
    if (point < ASCII || point == ELLIPSIS) {
      return false;
    }
    return ALWAYS.contains(point)
        || Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC)
            .codePoints()
            .allMatch(same -> same < ASCII);
  }

  /// A mark on an ASCII letter looks like the one character that both may be.
  private static boolean combined(int[] text, int at) {
    return at > 0
        && text[at - 1] < ASCII
        && Character.getType(text[at]) == Character.NON_SPACING_MARK;
  }
}

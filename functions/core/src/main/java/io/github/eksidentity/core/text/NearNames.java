package io.github.eksidentity.core.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/// Names among which misspelt ones are looked for, by the number of characters to insert, remove or
/// replace. What names have in common at their beginning is compared once for all of them, and no
/// more than a strip along the diagonal of each comparison is worked out, so that the time for one
/// text grows with the number of names and not with their length.
public final class NearNames {
  private static final int FAR = Integer.MAX_VALUE / 2;

  private final String[] sorted;
  private final int[] shared;
  private final int longest;

  private NearNames(String[] sorted) {
    this.sorted = sorted;
    this.shared = new int[sorted.length];
    int most = 0;
    for (int i = 0; i < sorted.length; i++) {
      shared[i] = i == 0 ? 0 : common(sorted[i - 1], sorted[i]);
      most = Math.max(most, sorted[i].length());
    }
    this.longest = most;
  }

  private static int common(String one, String other) {
    int mismatch = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    return mismatch < 0 ? one.length() : mismatch;
  }

  /// Prepares names for many searches.
  public static NearNames of(Collection<String> names) {
    return new NearNames(names.stream().distinct().sorted().toArray(String[]::new));
  }

  /// The nearest name, among equals the first in alphabetical order; empty where there is none.
  public Optional<String> nearest(String text) {
    return within(Math.max(longest, text.length()), text);
  }

  /// The nearest name, if it is not farther than this.
  public Optional<String> within(int limit, String text) {
    return new Search(text, limit).nearest();
  }

  /// The one name that is not farther than this; empty where there are several.
  public Optional<String> onlyWithin(int limit, String text) {
    return new Search(text, limit).only();
  }

  /// One walk through the names in order. A row of the comparison belongs to a beginning of a name,
  /// and serves every name that begins so.
  private final class Search {
    private final String text;
    private final int[][] rows;
    private int limit;
    private int done;
    private int hopeless = FAR;

    Search(String text, int limit) {
      this.text = text;
      this.limit = limit;
      this.rows = new int[longest + 1][];
      rows[0] = new int[text.length() + 2];
      for (int j = 0; j <= text.length() + 1; j++) {
        rows[0][j] = j;
      }
    }

    Optional<String> nearest() {
      String found = null;
      for (int i = 0; i < sorted.length && limit >= 0; i++) {
        if (distance(i) <= limit) {
          found = sorted[i];
          limit = rows[sorted[i].length()][text.length()] - 1;
        }
      }
      return Optional.ofNullable(found);
    }

    Optional<String> only() {
      String found = null;
      for (int i = 0; i < sorted.length; i++) {
        if (distance(i) <= limit) {
          if (found != null) {
            return Optional.empty();
          }
          found = sorted[i];
        }
      }
      return Optional.ofNullable(found);
    }

    /// Exact where it is within the limit, and else more than that.
    private int distance(int index) {
      if (shared[index] >= hopeless) {
        return FAR;
      }
      hopeless = FAR;
      String name = sorted[index];
      done = Math.min(done, shared[index]);
      while (done < name.length()) {
        done++;
        if (row(done, name.charAt(done - 1)) > limit) {
          hopeless = done;
          return FAR;
        }
      }
      return Math.abs(name.length() - text.length()) > limit
          ? FAR
          : rows[name.length()][text.length()];
    }

    /// Works out the row of a beginning of this length, and says what is least in it.
    private int row(int length, char last) {
      int from = Math.max(1, length - limit);
      int to = Math.min(text.length(), length + limit);
      if (from > text.length() + 1) {
        return FAR;
      }
      int[] above = rows[length - 1];
      int[] row = rows[length] == null ? new int[text.length() + 2] : rows[length];
      rows[length] = row;
      row[from - 1] = from == 1 ? length : FAR;
      int least = row[from - 1];
      for (int j = from; j <= to; j++) {
        int replaced = above[j - 1] + (text.charAt(j - 1) == last ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
        least = Math.min(least, row[j]);
      }
      row[Math.max(to, from - 1) + 1] = FAR;
      return least;
    }
  }
}

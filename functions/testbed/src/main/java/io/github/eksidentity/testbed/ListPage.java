package io.github.eksidentity.testbed;

import java.util.List;
import java.util.Optional;

/// A page of a list. Tokens are the position of the page's first item.
///
/// @param next token of the following page; empty on the last
record ListPage<T>(List<T> items, Optional<String> next) {
  private static final String AGAIN = "again";

  /// @param token of an earlier page, empty for the first
  /// @param size the most items to put on it
  static <T> ListPage<T> of(List<T> all, Optional<String> token, int size) {
    int start = token.filter(text -> !text.equals(AGAIN)).map(Integer::parseInt).orElse(0);
    int end = Math.min(all.size(), start + size);
    return new ListPage<>(
        all.subList(Math.min(start, end), end),
        end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty());
  }

  /// The first page as one that is followed by itself.
  static <T> ListPage<T> repeated(List<T> all, int size) {
    return new ListPage<>(of(all, Optional.empty(), size).items(), Optional.of(AGAIN));
  }
}

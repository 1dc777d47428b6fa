package io.github.eksidentity.core.json;

/// How much a reader accepts. Every limit is there for untrusted input: whatever comes in, reading
/// ends with a value or a located error, in time and memory proportional to these numbers.
///
/// @param length characters of the whole text
/// @param depth objects and lists inside one another
/// @param values values and names altogether
/// @param string characters of one string or name
/// @param number characters of one number
public record JsonLimits(int length, int depth, int values, int string, int number) {
  /// For one policy document: the longest that an IAM request can carry.
  ///
  /// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>.
  public static final JsonLimits DOCUMENT = new JsonLimits(131_072, 32, 131_072, 131_072, 100);

  /// For a file of a snapshot or a configuration.
  public static final JsonLimits FILE =
      new JsonLimits(512 * 1024 * 1024, 64, 64_000_000, 4 * 1024 * 1024, 100);

  public JsonLimits {
    if (length < 1 || depth < 1 || values < 1 || string < 1 || number < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}

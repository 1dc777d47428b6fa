package io.github.eksidentity.securityhub;

import io.github.eksidentity.lambda.FunctionException;

/// Where the function itself is.
///
/// @param partition its id, as `aws`
record Own(String partition, String region, String account) {
  /// @param arn of the function
  static Own of(String arn) {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6) {
      throw new FunctionException("The runtime does not say who the function is.");
    }
    return new Own(parts[1], parts[3], parts[4]);
  }
}

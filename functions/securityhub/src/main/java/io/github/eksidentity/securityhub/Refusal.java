package io.github.eksidentity.securityhub;

/// A finding that Security Hub does not take.
///
/// @param finding its id in Security Hub
/// @param code of the error, as `InvalidInput`
/// @param reason in Security Hub's words
record Refusal(String finding, String code, String reason) {
  @Override
  public String toString() {
    return finding + ": " + code + ": " + reason;
  }
}

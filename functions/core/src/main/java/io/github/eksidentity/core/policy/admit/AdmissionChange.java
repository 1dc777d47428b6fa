package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who gains and who loses access through an entrance when one trust policy takes the place of
/// another, exactly.
///
/// @param gained those whom only the new policy lets in
/// @param lost those whom only the old policy lets in
/// @param undetermined callers of whom it is not known, each reason once
public record AdmissionChange(
    List<Callers> gained, List<Callers> lost, List<Undetermined> undetermined) {
  /// Nobody gains or loses.
  public static final AdmissionChange NOTHING =
      new AdmissionChange(List.of(), List.of(), List.of());

  /// Callers of whom it is not known whether they gain or lose.
  ///
  /// @param reason in one sentence without a full stop
  /// @param example one of them; empty where nobody in particular is concerned
  /// @param mayGain whether it may be a gain
  public record Undetermined(
      String reason, Optional<Map<Claim, String>> example, boolean mayGain) {}

  public AdmissionChange {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    undetermined = List.copyOf(undetermined);
  }

  /// Asks the evaluator about one caller of each class that the two policies can tell apart, under
  /// both, so that it cannot disagree with it.
  public static AdmissionChange of(TrustPolicy before, TrustPolicy after, CallerKind entrance) {
    return AdmissionComparison.of(before, after, entrance, new Work(Work.COMPARISON));
  }

  /// The same for several ways in, which together take no longer than one may.
  public static List<AdmissionChange> of(
      TrustPolicy before, TrustPolicy after, List<? extends CallerKind> entrances) {
    long each = Work.COMPARISON / Math.max(1, entrances.size());
    return entrances.stream()
        .map(entrance -> AdmissionComparison.of(before, after, entrance, new Work(each)))
        .toList();
  }

  static AdmissionChange unknown(String reason) {
    return new AdmissionChange(
        List.of(), List.of(), List.of(new Undetermined(reason, Optional.empty(), true)));
  }
}

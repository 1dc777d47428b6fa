package io.github.eksidentity.core.facts;

import java.util.List;
import java.util.Map;

/// A label selector of Kubernetes. The empty selector matches everything.
///
/// Documented at
/// <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/>.
///
/// @param labels each must be there with this value
/// @param requirements each must hold
public record LabelSelector(Map<String, String> labels, List<Requirement> requirements) {
  /// Matches everything.
  public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

  public LabelSelector {
    labels = Map.copyOf(labels);
    requirements = List.copyOf(requirements);
  }

  /// One of `matchExpressions`.
  ///
  /// @param operator `In`, `NotIn`, `Exists` or `DoesNotExist`
  public record Requirement(String key, String operator, List<String> values) {
    public Requirement {
      values = List.copyOf(values);
    }

    /// An operator that Kubernetes does not know matches nothing, as Kubernetes would not have
    /// taken it.
    boolean matches(Map<String, String> objectLabels) {
      String value = objectLabels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        case "DoesNotExist" -> value == null;
        default -> false;
      };
    }
  }

  /// Whether an object with these labels is selected.
  public boolean matches(Map<String, String> objectLabels) {
    return labels.entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(objectLabels.get(entry.getKey())))
        && requirements.stream().allMatch(requirement -> requirement.matches(objectLabels));
  }

  /// Whether it selects every object.
  public boolean everything() {
    return labels.isEmpty() && requirements.isEmpty();
  }
}

package io.github.eksidentity.core.facts;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What IAM's policy simulator said of one action of a role. It knows the policies of the role, its
/// permissions boundary and the organisation's service control policies, but no policy of a
/// resource.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>.
///
/// @param missingContext condition keys that policies name and whose values it was not given
/// @param limits what stands against it besides the role's own policies
public record Simulation(
    Question question, Decision decision, Set<String> missingContext, Set<Limit> limits) {
  /// An order that is the same from run to run.
  static final Comparator<Simulation> ORDER =
      Comparator.comparing(Simulation::question, Question.ORDER)
          .thenComparing(Simulation::decision)
          .thenComparing(simulation -> List.copyOf(simulation.missingContext()).toString())
          .thenComparing(simulation -> List.copyOf(simulation.limits()).toString());

  public Simulation {
    missingContext = Collections.unmodifiableSet(new TreeSet<>(missingContext));
    limits = Collections.unmodifiableSet(new TreeSet<>(limits));
  }

  /// What it is asked.
  ///
  /// @param action as `iam:PassRole`, without wildcards
  /// @param resource ARN of a resource, in which `*` may stand as in a policy; `*` for any
  public record Question(String roleArn, String action, String resource) {
    /// The resource that stands for any.
    public static final String ANY = "*";

    static final Comparator<Question> ORDER =
        Comparator.comparing(Question::roleArn)
            .thenComparing(Question::action)
            .thenComparing(Question::resource);
  }

  /// Its answer.
  public enum Decision {
    /// A policy allows it and nothing stands against it.
    ALLOWED("allowed"),
    /// A statement denies it.
    EXPLICIT_DENY("explicitDeny"),
    /// Nothing allows it.
    IMPLICIT_DENY("implicitDeny");

    private final String id;

    Decision(String id) {
      this.id = id;
    }

    /// As IAM writes it.
    public String id() {
      return id;
    }

    /// The decision that IAM writes so.
    public static Optional<Decision> of(String id) {
      return Arrays.stream(values()).filter(decision -> decision.id.equals(id)).findFirst();
    }
  }

  /// What leaves out an action that the role's policies may allow.
  public enum Limit {
    /// A service control policy of the organisation.
    ORGANIZATION,
    /// The role's permissions boundary.
    BOUNDARY
  }
}

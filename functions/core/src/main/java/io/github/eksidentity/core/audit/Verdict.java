package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a rule says of one subject.
public sealed interface Verdict {
  /// Nothing is wrong, or the rule does not concern the subject.
  record Satisfied() implements Verdict {}

  /// The rule is broken.
  ///
  /// @param title what is wrong with this subject, in one sentence without a full stop
  /// @param evidence at least one
  /// @param stsError what the pod's user sees, ready to print; empty where nothing fails
  /// @param cluster the one cluster concerned, empty where it is none or several
  /// @param role ARN of the role concerned where the subject is not itself a role
  /// @param concerns by key, other resources that take part; where a more specific rule speaks of
  /// one of them, this one stays silent and its observation becomes evidence there
  record Violated(
      Severity severity,
      String title,
      List<Evidence> evidence,
      Optional<String> stsError,
      Remediation remediation,
      Optional<Cluster> cluster,
      Optional<String> role,
      SortedMap<String, Evidence> concerns)
      implements Verdict {
    public Violated {
      evidence = List.copyOf(evidence);
      concerns = Collections.unmodifiableSortedMap(new TreeMap<>(concerns));
      if (evidence.isEmpty()) {
        throw new IllegalArgumentException("a violation needs evidence");
      }
    }

    public Violated withStsError(StsError error) {
      return withStsError(error.text());
    }

    /// The error for a missing provider of this issuer.
    public Violated withNoProviderFor(String issuer) {
      return withStsError(StsError.NO_PROVIDER.text().replace("<issuer>", issuer));
    }

    /// An error, ready to print.
    public Violated withStsError(String text) {
      return new Violated(
          severity, title, evidence, Optional.of(text), remediation, cluster, role, concerns);
    }

    public Violated withCluster(Cluster concerned) {
      return withCluster(Optional.of(concerned));
    }

    public Violated withCluster(Optional<Cluster> concerned) {
      return new Violated(
          severity, title, evidence, stsError, remediation, concerned, role, concerns);
    }

    public Violated withRole(String arn) {
      return new Violated(
          severity, title, evidence, stsError, remediation, cluster, Optional.of(arn), concerns);
    }

    public Violated withEvidence(List<Evidence> remaining) {
      return new Violated(
          severity, title, remaining, stsError, remediation, cluster, role, concerns);
    }

    /// Another resource that takes part.
    ///
    /// @param observation what a more specific finding about it says of this one
    public Violated withConcern(String key, Evidence observation) {
      SortedMap<String, Evidence> more = new TreeMap<>(concerns);
      more.put(key, observation);
      return new Violated(severity, title, evidence, stsError, remediation, cluster, role, more);
    }
  }

  /// It cannot be said.
  ///
  /// @param missing scopes that were not completely read; empty where the documentation is silent
  /// @param reason in one sentence
  record Undecided(Set<Scope> missing, String reason) implements Verdict {
    public Undecided {
      missing = Set.copyOf(missing);
    }
  }

  /// Nothing is wrong.
  static Verdict satisfied() {
    return new Satisfied();
  }

  /// Something is wrong.
  static Violated violated(
      Severity severity, String title, List<Evidence> evidence, Remediation remediation) {
    return new Violated(
        severity,
        title,
        evidence,
        Optional.empty(),
        remediation,
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>());
  }

  /// The facts are there but do not settle it.
  static Verdict undecided(String reason) {
    return new Undecided(Set.of(), reason);
  }
}

package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.text.Only;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A statement with faults of one kind, because of which somebody whom it means does not get in.
///
/// @param othersGetIn whether the role admits other service accounts through the same provider
record BrokenStatement<F extends StatementFault>(
    PodStatement way, List<F> faults, boolean othersGetIn) {
  BrokenStatement {
    faults = List.copyOf(faults);
  }

  /// The statements of a role with faults of a kind. A fault that keeps nobody out is none: whom
  /// the statement means gets in by another one, or by a further value of the list.
  ///
  /// @param violated the verdict on at least one statement
  static <F extends StatementFault> Verdict judge(
      Role role,
      AuditContext context,
      Class<F> kind,
      Function<List<BrokenStatement<F>>, Verdict> violated) {
    List<BrokenStatement<F>> broken = new ArrayList<>();
    Optional<String> unsettled = Optional.empty();
    for (TrustDiagnosis.OfWay diagnosed : TrustDiagnosis.of(role, context).ways()) {
      PodStatement way = diagnosed.way();
      List<F> faults = diagnosed.of(kind);
      if (faults.isEmpty()) {
        continue;
      }
      SubjectsByAudience now = way.through();
      SubjectsByAudience meant = way.alone(MeantStatement.of(way, faults));
      Optional<String> doubt = now.unsettled().or(meant::unsettled);
      if (now.nobody() || isUnknown(faults)) {
        broken.add(new BrokenStatement<>(way, faults, !now.nobody()));
      } else if (doubt.isPresent()) {
        unsettled = doubt;
      } else if (meant.nobody() || meant.misses(now)) {
        broken.add(new BrokenStatement<>(way, faults, true));
      }
    }
    return broken.isEmpty()
        ? unsettled.map(Verdict::undecided).orElseGet(Verdict::satisfied)
        : violated.apply(List.copyOf(broken));
  }

  /// Whether it cannot be told whom a value means, so that nothing shows that they get in.
  private static boolean isUnknown(List<? extends StatementFault> faults) {
    return faults.stream()
        .anyMatch(
            fault ->
                fault instanceof StatementFault.MalformedSubject malformed
                    && malformed.meant().isEmpty());
  }

  /// The verdict, with the error that a pod sees which is kept out.
  static <F extends StatementFault> Verdict violated(
      List<BrokenStatement<F>> broken,
      Severity severity,
      String title,
      Function<BrokenStatement<F>, List<Evidence>> evidence,
      Remediation remediation) {
    return Verdict.violated(
            severity(broken, severity),
            title,
            broken.stream().flatMap(one -> evidence.apply(one).stream()).distinct().toList(),
            remediation)
        .withStsError(StsError.NOT_AUTHORIZED)
        .withCluster(cluster(broken));
  }

  /// One step lower where the role works for others.
  private static <F extends StatementFault> Severity severity(
      List<BrokenStatement<F>> broken, Severity full) {
    boolean partly = broken.stream().allMatch(BrokenStatement::othersGetIn);
    return partly ? (full == Severity.CRITICAL ? Severity.HIGH : Severity.MEDIUM) : full;
  }

  private static <F extends StatementFault> Optional<Cluster> cluster(
      List<BrokenStatement<F>> broken) {
    List<Cluster> clusters =
        broken.stream().flatMap(one -> one.way().cluster().stream()).distinct().toList();
    return Only.of(clusters);
  }
}

package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Resource;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The outcome of an audit of one account.
///
/// @param at the time that the audit takes as now
/// @param findings in [Finding#ORDER]
/// @param undecided what could not be judged, and why, in [NotJudged#ORDER]
/// @param asked ids of the rules that were asked
/// @param notAsked ids of rules that need what is read only on request, and that nobody tried to
/// read in this account
/// @param checks how many verdicts were reached in all, the satisfied ones included
/// @param coverage how well each scope was read
/// @param seen what there was to ask about
@RecordBuilder
public record Assessment(
    Account account,
    Instant at,
    List<Finding> findings,
    List<NotJudged> undecided,
    Set<String> asked,
    List<String> notAsked,
    int checks,
    SortedMap<Scope, Coverage> coverage,
    Seen seen)
    implements AssessmentBuilder.With {

  /// A rule that could not be judged at a resource.
  ///
  /// @param resource key of the resource, or the scope whose subjects are not known
  public record NotJudged(String rule, String resource, Verdict.Undecided verdict) {
    /// By rule, then by resource.
    public static final Comparator<NotJudged> ORDER =
        Comparator.comparing(NotJudged::rule).thenComparing(NotJudged::resource);
  }

  /// What an audit found in the account, so that what is gone can be told from what is mended.
  ///
  /// @param resources what a rule was asked about, by [Resource#id()]; of a service account
  /// `region/cluster/namespace/name`
  /// @param regions the enabled regions, as far as they are known
  /// @param clusters the clusters of the regions that were read
  public record Seen(Set<String> resources, Set<String> regions, Set<ClusterName> clusters) {
    public Seen {
      resources = Set.copyOf(resources);
      regions = Set.copyOf(regions);
      clusters = Set.copyOf(clusters);
    }

    static String name(Resource resource) {
      return resource instanceof Resource.OfServiceAccount(var cluster, _)
          ? String.join("/", cluster.region(), cluster.name(), resource.id())
          : resource.id();
    }

    /// Whether what the finding is about was there.
    public boolean has(Finding finding) {
      return resources.contains(finding.resource())
          || finding
              .cluster()
              .map(name -> String.join("/", finding.region(), name, finding.resource()))
              .map(resources::contains)
              .orElse(false);
    }
  }

  /// A cluster within its account.
  public record ClusterName(String region, String name) {}

  public Assessment {
    findings = List.copyOf(findings);
    undecided = List.copyOf(undecided);
    asked = Collections.unmodifiableSet(new TreeSet<>(asked));
    notAsked = List.copyOf(notAsked);
    coverage = Collections.unmodifiableSortedMap(new TreeMap<>(coverage));
  }

  /// Whether nothing is open for lack of facts: no reading failed, and no check was left undecided
  /// because of a scope that was not read. A scope that was left out counts only if a check needed
  /// it, and not at all where somebody asked for others only.
  public boolean complete() {
    return coverage.values().stream()
            .allMatch(read -> read.isComplete() || read instanceof Coverage.Skipped)
        && undecided.stream()
            .flatMap(entry -> entry.verdict().missing().stream())
            .allMatch(scope -> Coverage.Skipped.ON_PURPOSE.equals(coverage.get(scope)));
  }
}

package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.remedy.Remediation;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A broken rule at one resource.
///
/// @param id stable fingerprint of rule, account and the resource's key; a public contract
/// @param region region of the cluster concerned, or `global` where it is IAM's alone
/// @param cluster name of the one cluster concerned
/// @param resource ARN of a role, provider, cluster or association, `namespace/name` of a service
/// account of the cluster or of a caller of STS, the id of a mute, or the account's id
/// @param role ARN of the role concerned
/// @param scopes what must be completely read before the finding may be called resolved
@RecordBuilder
public record Finding(
    String id,
    String rule,
    Severity severity,
    String account,
    String region,
    Optional<String> cluster,
    String resource,
    Optional<String> role,
    String title,
    List<Evidence> evidence,
    Optional<String> stsError,
    Remediation remediation,
    Set<Scope> scopes)
    implements FindingBuilder.With {
  /// The region of findings that belong to no region.
  public static final String GLOBAL = "global";

  /// Worst first, then by cluster, role, rule and resource, so that output is the same from run to
  /// run.
  public static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity, Comparator.reverseOrder())
          .thenComparing(finding -> finding.cluster().orElse(""))
          .thenComparing(finding -> finding.role().orElse(""))
          .thenComparing(Finding::rule)
          .thenComparing(Finding::resource);

  public Finding {
    evidence = List.copyOf(evidence);
    scopes = Set.copyOf(scopes);
  }

  /// The fingerprint of a finding: `f1-` and the first 80 bits of SHA-256 over rule, account and
  /// [Resource#key()], which for a service account holds the ARN of its cluster.
  public static String fingerprint(String rule, String account, String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", rule, account, key).getBytes(StandardCharsets.UTF_8));
      return "f1-" + HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

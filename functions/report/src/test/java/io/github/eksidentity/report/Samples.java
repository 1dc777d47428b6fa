package io.github.eksidentity.report;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Assessments to render.
public final class Samples {
  public static final String ACCOUNT = "111122223333";
  public static final String ISSUER =
      "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  public static final String PROVIDER = "arn:aws:iam::" + ACCOUNT + ":oidc-provider/" + ISSUER;
  static final Instant AT = Instant.parse("2026-11-20T06:00:00Z");

  /// A name that rings the bell, clears the screen, turns writing around and breaks the line.
  public static final String HOSTILE = "pay\u0007\u001b[2J\u009b31m\u202egnp.\nx\r\u200b\ud800";

  private Samples() {}

  public static String role(String name) {
    return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
  }

  public static Finding finding(
      String rule,
      Severity severity,
      Optional<String> cluster,
      String role,
      String title,
      List<Evidence> evidence,
      Remediation remediation) {
    return new Finding(
        Finding.fingerprint(rule, ACCOUNT, role),
        rule,
        severity,
        ACCOUNT,
        cluster.isPresent() ? "eu-west-1" : Finding.GLOBAL,
        cluster,
        role,
        Optional.of(role),
        title,
        evidence,
        Optional.of(StsError.NOT_AUTHORIZED.text()),
        remediation,
        Set.of(Scope.account(Scope.Kind.IAM), Scope.account(Scope.Kind.OIDC)));
  }

  /// A wildcard under StringEquals, with the fix.
  public static Finding literalWildcard() {
    return finding(
        "trust-wildcard-without-like",
        Severity.CRITICAL,
        Optional.of("payments"),
        role("payments/ledger"),
        "Role ledger compares a wildcard literally, so that no pod can assume it",
        List.of(
            Evidence.of("StringEquals takes the * as a plain character")
                .withStatement(0)
                .withKey(ISSUER + ":sub")
                .withValue("system:serviceaccount:payments:*")
                .withClaim("system:serviceaccount:payments:ledger")
                .withAt(new Position(8, 15))),
        Remediation.fix(
            "Compare with StringLike.",
            new Change.ReplaceTrustPolicy(
                role("payments/ledger"),
                trust("StringEquals", "system:serviceaccount:payments:*"),
                trust("StringLike", "system:serviceaccount:payments:*"))));
  }

  /// An audience with a typing error and many observations.
  public static Finding wrongAudience() {
    return finding(
        "trust-audience-mismatch",
        Severity.HIGH,
        Optional.of("orders"),
        role("orders-reader"),
        "No token of cluster orders has the audience that role orders-reader asks for",
        IntStream.range(0, 5)
            .mapToObj(
                index ->
                    Evidence.of("the audience is not one that pods carry")
                        .withStatement(index)
                        .withValue("sts.amazonaws.com.cn")
                        .withClaim("sts.amazonaws.com"))
            .toList(),
        Remediation.decide("Decide which audience is meant.", "Ask for sts.amazonaws.com."));
  }

  /// A name from outside that tries to command the terminal.
  public static Finding hostile() {
    return finding(
        "trust-subject-malformed",
        Severity.LOW,
        Optional.of(HOSTILE),
        role(HOSTILE),
        "Role " + HOSTILE + " is odd",
        List.of(Evidence.of(HOSTILE).withKey(HOSTILE).withValue(HOSTILE).withClaim(HOSTILE + "x")),
        Remediation.fix(
            "Rename " + HOSTILE,
            new Change.ReplaceTrustPolicy(
                role(HOSTILE), trust("StringLike", HOSTILE), trust("StringEquals", HOSTILE)),
            new Change.AttachPolicy(role(HOSTILE), HOSTILE)));
  }

  /// A plain edge, and one in which everything is odd.
  public static List<Edge> edges() {
    return List.of(
        new Edge(
            new Edge.Place("payments", Optional.of("eu-west-1")),
            ISSUER,
            "system:serviceaccount:payments:ledger",
            List.of(),
            Mechanism.IRSA,
            role("ledger"),
            Optional.empty(),
            Truth.YES,
            Truth.YES,
            Edge.Status.WORKS,
            Rights.READ,
            Set.of(Scope.account(Scope.Kind.IAM), Scope.account(Scope.Kind.OIDC))),
        new Edge(
            new Edge.Place(HOSTILE, Optional.empty()),
            HOSTILE,
            "system:service*" + HOSTILE,
            List.of("system:serviceaccount:kube-*:" + HOSTILE),
            Mechanism.POD_IDENTITY,
            role(HOSTILE),
            Optional.of(role("target")),
            Truth.NO,
            Truth.UNKNOWN,
            Edge.Status.UNKNOWN,
            Rights.UNKNOWN,
            Set.of(Scope.cluster(Scope.Kind.ASSOCIATIONS, "eu-west-1", "payments"))));
  }

  public static Assessment complete(Finding... findings) {
    return assessment(coverage(), List.of(), findings);
  }

  /// An audit in which a region was denied and another one was left out.
  public static Assessment incomplete(Finding... findings) {
    SortedMap<Scope, Coverage> coverage = coverage();
    coverage.put(
        Scope.region("eu-west-3"),
        new Coverage.Failed(
            "eks:ListClusters is not allowed: explicit deny in a service control policy",
            Optional.of("eks:ListClusters")));
    coverage.put(Scope.region("us-east-1"), new Coverage.Skipped("not asked for"));
    return assessment(
        coverage,
        List.of(
            new Assessment.NotJudged(
                "trust-issuer-dead",
                role("orders-reader"),
                new Verdict.Undecided(Set.of(Scope.region("eu-west-3")), "not completely read"))),
        findings);
  }

  private static Assessment assessment(
      SortedMap<Scope, Coverage> coverage,
      List<Assessment.NotJudged> undecided,
      Finding... findings) {
    List<Finding> sorted = new ArrayList<>(List.of(findings));
    sorted.sort(Finding.ORDER);
    return new Assessment(
        new Account(ACCOUNT, Partition.AWS),
        AT,
        sorted,
        undecided,
        Set.of("trust-no-subject", "provider-missing"),
        List.of(),
        412,
        coverage,
        new Assessment.Seen(Set.of(), Set.of(), Set.of()));
  }

  private static SortedMap<Scope, Coverage> coverage() {
    return new TreeMap<>(
        Map.of(
            Scope.account(Scope.Kind.IAM), new Coverage.Complete(),
            Scope.account(Scope.Kind.OIDC), new Coverage.Complete(),
            Scope.region("eu-west-1"), new Coverage.Complete(),
            Scope.cluster(Scope.Kind.ASSOCIATIONS, "eu-west-1", "payments"),
                new Coverage.Complete()));
  }

  public static String trust(String operator, String subject) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
      "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"%s": {"%s:sub": "%s", "%s:aud": "sts.amazonaws.com"}}}]}\
    """
        .formatted(PROVIDER, operator, ISSUER, jsonEscaped(subject), ISSUER);
  }

  private static String jsonEscaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(unit -> escaped.append(unit < ' ' ? "\\u%04x".formatted(unit) : "" + (char) unit));
    return escaped.toString();
  }
}

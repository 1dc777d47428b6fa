package io.github.eksidentity.report.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.report.Samples;
import io.github.eksidentity.report.page.Columns;
import io.github.eksidentity.report.page.Plain;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AlertMailTest {
  static final FindingsPlace TABLE = new FindingsPlace.Table("eu-west-1", "eks-identity");
  private static final FindingsPlace FILE = new FindingsPlace.Option(Optional.empty());

  private static String mail(Digests digests, FindingsPlace place) {
    return AlertMail.of(digests.digest(), place).orElseThrow();
  }

  /// A role without a condition, mended by a short command.
  static Finding open(int number, Severity severity) {
    String role = Samples.role("app-" + number);
    return Samples.finding(
        "trust-no-condition",
        severity,
        Optional.empty(),
        role,
        "Every pod of every cluster can assume role app-" + number,
        List.of(Evidence.of("the statement has no condition").withStatement(0)),
        Remediation.fix(
            "Detach what it may do, until its trust is mended.",
            new Change.DetachPolicy(role, "arn:aws:iam::aws:policy/AmazonS3FullAccess")));
  }

  static Finding[] open(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> open(number, Severity.HIGH))
        .toArray(Finding[]::new);
  }

  @Test
  void aMailSaysFirstWhatChangedHowBadAndWhetherTheAuditWasComplete() {
    assertEquals(
        """
        111122223333: 1 critical new, 1 high reopened, 1 changed, ...
        How bad: 1 critical, 2 high.
        Audit: NOT complete, 2 scopes not read to the end.

        COVERAGE LOST
          - clusters in eu-west-3: access denied; 2 findings unverified; to mend
            it, allow eks:ListClusters.

        COVERAGE REGAINED
          - Pod Identity associations of prod in eu-west-1; 1 finding verified
            again.

        NEW OR CHANGED, WORST FIRST

        CRITICAL  trust-no-condition  (new)
          role app-1
          why  Every pod of every cluster can assume role app-1
               - the statement has no condition
          fix  Detach what it may do, until its trust is mended.
               aws iam detach-role-policy --role-name app-1 \\
                   --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
          id   f1-9016d518b78a8b2bb7a4

        HIGH  trust-audience-mismatch  (reopened)
          role orders-reader, cluster orders in eu-west-1
          why  No token of cluster orders has the audience that role
               orders-reader asks for
               - the audience is not one that pods carry
          decide  Decide which audience is meant.
          id   f1-2ba7c9d70d0f95ac8cf4

        HIGH  trust-wildcard-without-like  (was critical)
          role payments/ledger, cluster payments in eu-west-1
          why  Role ledger compares a wildcard literally, so that no pod can
               assume it
               - StringEquals takes the * as a plain character
          fix  Compare with StringLike.
               eks-identity findings show f1-a042cd59798e2b8ab400 \\
                   --store dynamodb:eks-identity
          id   f1-a042cd59798e2b8ab400

        RESOLVED
          LOW       trust-no-condition  role app-2

        Besides: 2 muted, 3 switched off.
        Rules switched off: role-unused.

        --
        Run schedule-2026-11-21T06:00:00Z-111122223333 of 2026-11-21 06:00 UTC.
        Coverage: of what could not be read, nothing was opened or resolved:
          - clusters in eu-west-3: access denied (allow eks:ListClusters)
          - pods of prod in eu-west-1: not reachable
        To mute what is known and may stay, as the first one here:
          eks-identity mute add --rule trust-no-condition \\
              --resource arn:aws:iam::111122223333:role/app-1 \\
              --account 111122223333 --owner YOU --reason WHY \\
              --until 2027-02-19 --store dynamodb:eks-identity
        """,
        mail(
            new Digests()
                .opens(TransitionKind.OPENED, open(1, Severity.CRITICAL))
                .opens(TransitionKind.REOPENED, Samples.wrongAudience())
                .changes(
                    Samples.literalWildcard(), Day.with(Samples.literalWildcard(), Severity.HIGH))
                .resolves(open(2, Severity.LOW))
                .loses(Scope.region("eu-west-3"), Digests.DENIED, 2)
                .regains(Scope.cluster(Scope.Kind.ASSOCIATIONS, "eu-west-1", "prod"), 1)
                .lacks(
                    Scope.cluster(Scope.Kind.PODS, "eu-west-1", "prod"),
                    new Coverage.Failed("not reachable", Optional.empty()))
                .mutes(2)
                .switchesOff("role-unused", 3),
            TABLE));
  }

  @Test
  void whatIsHeldIsToldFirst() {
    assertEquals(
        """
        111122223333: 12 held
        How bad: nothing new is wrong.
        Audit: complete, and NOT BELIEVED YET.

        HELD, NOT RESOLVED
          This audit no longer sees 12 findings at once. So many seldom mend
          themselves in a day: a wrong role, account or region looks the same.
          They stay open until the next audit says so too.
          HIGH      trust-no-condition  role app-10
          HIGH      trust-no-condition  role app-11
          HIGH      trust-no-condition  role app-12
          HIGH      trust-no-condition  role app-13
          HIGH      trust-no-condition  role app-14
          and 7 more findings

        --
        Run schedule-2026-11-21T06:00:00Z-111122223333 of 2026-11-21 06:00 UTC.
        Coverage: everything that was asked for was read.
        """,
        mail(new Digests().holds(open(10, 22)), FILE));
  }

  @Test
  void aFirstReadIsASummaryForEachScope() {
    String mail =
        mail(
            new Digests()
                .firstReads(Scope.account(Scope.Kind.IAM), open(10, 17))
                .firstReads(Scope.region("eu-west-1"), Samples.wrongAudience()),
            FILE);

    assertTrue(
        mail.startsWith(
            """
            111122223333: 8 on first read (8 high)
            How bad: 8 high.
            Audit: complete.

            READ FOR THE FIRST TIME
              - roles and trust policies: 7 findings (7 high), the worst:
                HIGH      trust-no-condition  role app-10
                HIGH      trust-no-condition  role app-11
                HIGH      trust-no-condition  role app-12
                HIGH      trust-no-condition  role app-13
                HIGH      trust-no-condition  role app-14
              - clusters in eu-west-1: 1 finding (1 high), the worst:
                HIGH      trust-audience-mismatch  role orders-reader
              All that is open:
                eks-identity findings --account 111122223333
            """),
        mail);
  }

  @Test
  void twentyAreToldAndTheRestIsAQuery() {
    String mail = mail(new Digests().opens(TransitionKind.OPENED, open(100, 125)), TABLE);

    assertEquals(20, mail.lines().filter(line -> line.startsWith("HIGH ")).count());
    assertTrue(
        mail.contains(
            """
              and 5 more:
                aws dynamodb query --region eu-west-1 \\
                    --table-name eks-identity \\
                    --key-condition-expression 'PK = :r AND begins_with(SK, :e)' \\
                    --expression-attribute-values '{":r":{"S":"RUN#schedule-2026-11-21T06:00:00Z-111122223333"},":e":{"S":"EVT#"}}' \\
                    --query 'Items[].[severity.S,transition.S,rule.S,resource.S]' \\
                    --output table
            """),
        mail);
  }

  @Test
  void nothingChangedGivesNothing() {
    Digest same = new Digests().lacks(Scope.region("eu-west-3"), Digests.DENIED).digest();

    assertEquals(Optional.empty(), AlertMail.of(same, TABLE));
    assertEquals(Optional.empty(), Alert.of(same, TABLE));
  }

  @Test
  void hostileNamesAreTextAndLinesKeepTheirWidth() {
    String mail =
        mail(
            new Digests()
                .opens(TransitionKind.OPENED, Samples.hostile())
                .holds(Samples.hostile())
                .resolves(Samples.hostile())
                .loses(
                    Scope.region(Samples.HOSTILE),
                    new Coverage.Failed(Samples.HOSTILE, Optional.of(Samples.HOSTILE)),
                    1)
                .firstReads(Scope.region(Samples.HOSTILE), Samples.hostile()),
            FILE);

    assertTrue(mail.codePoints().noneMatch(point -> point != '\n' && Plain.hidden(point)), mail);
    assertEquals(
        List.of(),
        mail.lines()
            .filter(line -> Columns.of(line) > AlertMail.WIDTH)
            // Commands are not broken, and neither is why one is not printed.
            .filter(line -> !line.contains("--resource") && !line.contains("# Not printed"))
            .toList());
  }

  static Edge edge(String account) {
    return new Edge(
        new Edge.Place("shop", Optional.of("eu-west-1")),
        "arn:aws:eks:eu-west-1:111122223333:cluster/shop",
        "system:serviceaccount:payments:" + account,
        List.of(),
        Mechanism.POD_IDENTITY,
        "arn:aws:iam::111122223333:role/" + account,
        Optional.empty(),
        Truth.YES,
        Truth.YES,
        Edge.Status.LOOSE,
        Rights.ADMIN,
        Set.of());
  }

  @Test
  void edgesThatCameAndWentAreToldEachOnALine() {
    String mail =
        mail(new Digests().adds(edge("api")).removes(edge("a\u202eb")).leavesOut(9), FILE);

    assertTrue(
        mail.startsWith(
            """
            111122223333: 1 edge added, 1 edge removed
            How bad: nothing new is wrong.
            Audit: complete.

            WHO CAN BECOME WHAT: ADDED (+) AND REMOVED (-)
              + payments/api of cluster shop to role api by pod-identity (bound,
                loose, admin)
              - payments/a\\u202Eb of cluster shop to role a\\u202Eb by pod-identity
                (bound, loose, admin)
              9 edges were too many to be kept, so that the next audit cannot tell
              which of them came or went.
            """),
        mail);
  }

  @Test
  void ofManyEdgesTheRestIsCounted() {
    Edge[] many = IntStream.range(0, 25).mapToObj(i -> edge("a" + i)).toArray(Edge[]::new);

    String mail = mail(new Digests().adds(many).removes(many), FILE);

    assertEquals(20, mail.lines().filter(line -> line.startsWith("  + ")).count());
    assertTrue(mail.contains("  and 30 more; all there are:\n    eks-identity access\n"), mail);
  }
}

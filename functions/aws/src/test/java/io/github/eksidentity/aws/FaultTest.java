package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.TestBed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of fault on every kind of call: no fault yields complete coverage with facts missing,
/// and no scope suffers from a fault that does not concern it.
class FaultTest {
  private static final Inventory TRUTH = Accounts.generate(Audits.SMALL, 11);
  private static final int PAGE = 2;
  private static final List<Kind> IAM = List.of(Kind.IAM, Kind.IAM_POLICIES, Kind.IAM_USAGE);
  private static final List<Kind> CLUSTER =
      List.of(Kind.EKS, Kind.ASSOCIATIONS, Kind.ADDONS, Kind.NODE_GROUPS);

  /// The scopes that each call may leave incomplete.
  private static final Map<String, List<Kind>> TOUCHED =
      Map.ofEntries(
          Map.entry("iam:GetAccountAuthorizationDetails", IAM),
          Map.entry("iam:ListRoles", IAM),
          Map.entry("iam:GetRole", List.of(Kind.IAM_POLICIES, Kind.IAM_USAGE)),
          Map.entry("iam:ListOpenIDConnectProviders", List.of(Kind.OIDC)),
          Map.entry("iam:GetOpenIDConnectProvider", List.of(Kind.OIDC)),
          Map.entry("account:ListRegions", List.of(Kind.REGIONS)),
          Map.entry("eks:ListClusters", CLUSTER),
          Map.entry("eks:DescribeCluster", CLUSTER),
          Map.entry(
              "eks:ListPodIdentityAssociations", List.of(Kind.ASSOCIATIONS, Kind.NODE_GROUPS)),
          Map.entry(
              "eks:DescribePodIdentityAssociation", List.of(Kind.ASSOCIATIONS, Kind.NODE_GROUPS)),
          Map.entry("eks:ListAddons", List.of(Kind.ADDONS)),
          Map.entry("eks:DescribeAddon", List.of(Kind.ADDONS)),
          Map.entry("eks:ListNodegroups", List.of(Kind.NODE_GROUPS)),
          Map.entry("eks:DescribeNodegroup", List.of(Kind.NODE_GROUPS)));

  private static final Set<String> PAGED =
      Set.of(
          "iam:GetAccountAuthorizationDetails",
          "iam:ListRoles",
          "account:ListRegions",
          "eks:ListClusters",
          "eks:ListPodIdentityAssociations",
          "eks:ListAddons",
          "eks:ListNodegroups");
  private static final List<Fault> FAULTS =
      List.of(
          new Fault.Throttled(),
          new Fault.ServerError(),
          new Fault.Unavailable(),
          new Fault.Denied(),
          new Fault.Expired(),
          new Fault.Unrecognized(),
          new Fault.Cut(),
          new Fault.Half(),
          new Fault.Blank(),
          new Fault.WebPage(),
          new Fault.HangUp(),
          new Fault.NoRoute(),
          new Fault.RepeatedToken());

  static Stream<Arguments> everyFaultOnEveryCall() {
    return TOUCHED.keySet().stream()
        .sorted()
        .flatMap(
            action ->
                FAULTS.stream()
                    .filter(
                        fault -> !(fault instanceof Fault.RepeatedToken) || PAGED.contains(action))
                    .map(fault -> Arguments.of(action, fault)));
  }

  @ParameterizedTest
  @MethodSource("everyFaultOnEveryCall")
  void aLastingFaultIsCoverageOfWhatItTouches(String action, Fault fault) {
    Inventory read = read(FaultRule.always(fault, FaultRule.action(action)), action);
    new Truths(TRUTH).assertHonest(read);
    if (!(fault instanceof Fault.Expired)) {
      new Truths(TRUTH).assertTouched(touched(action), read);
    }
    if (fault instanceof Fault.Denied) {
      assertTrue(permissions(read).contains(action), () -> read.coverage().toString());
    }
  }

  @ParameterizedTest
  @MethodSource("everyFaultOnEveryCall")
  void aFaultAfterTheFirstAnswerLosesNothingSilently(String action, Fault fault) {
    Inventory read = read(FaultRule.after(1, fault, FaultRule.action(action)), action);
    new Truths(TRUTH).assertHonest(read);
    boolean calledOnce = action.equals("iam:ListOpenIDConnectProviders");
    if (!calledOnce && !(fault instanceof Fault.Expired)) {
      new Truths(TRUTH).assertTouched(touched(action), read);
    }
  }

  static Stream<Arguments> everyFaultOnCallsOfARegion() {
    return everyFaultOnEveryCall().filter(it -> it.get()[0].toString().startsWith("eks:"));
  }

  @ParameterizedTest
  @MethodSource("everyFaultOnCallsOfARegion")
  void aFaultInOneRegionLeavesTheOthersAlone(String action, Fault fault) {
    Inventory read =
        read(
            FaultRule.always(
                fault,
                call -> call.permission().equals(action) && call.region().equals("us-east-1")),
            action);
    new Truths(TRUTH).assertHonest(read);
    if (!(fault instanceof Fault.Expired)) {
      TRUTH.coverage().entrySet().stream()
          .filter(entry -> !entry.getKey().region().equals(Optional.of("us-east-1")))
          .forEach(entry -> assertEquals(entry.getValue(), read.coverageOf(entry.getKey())));
    }
  }

  /// Throttling is tried on few calls: the adaptive strategy takes seconds to trust AWS again.
  static Stream<Arguments> faultsThatEnd() {
    return Stream.concat(
        TOUCHED.keySet().stream().sorted().map(it -> Arguments.of(it, new Fault.Unavailable())),
        Stream.of("iam:GetAccountAuthorizationDetails", "eks:ListClusters")
            .map(it -> Arguments.of(it, new Fault.Throttled())));
  }

  @ParameterizedTest
  @MethodSource("faultsThatEnd")
  void aFaultThatEndsChangesNothing(String action, Fault fault) {
    FaultRule rule = FaultRule.first(1, fault, FaultRule.action(action));
    try (TestBed bed = TestBed.serve(TRUTH, faulty(rule, action))) {
      Inventory read = Audits.read(bed);
      if (viaFallback(action)) {
        new Truths(TRUTH).assertHonest(read);
        new Truths(TRUTH).assertTouched(List.of(Kind.IAM_POLICIES), read);
      } else {
        assertEquals(TRUTH.sorted(), read);
      }
    }
  }

  static Stream<Fault> faultsThatHideTheAccount() {
    return FAULTS.stream().filter(fault -> !(fault instanceof Fault.RepeatedToken));
  }

  @ParameterizedTest
  @MethodSource("faultsThatHideTheAccount")
  void withoutTheAccountThereIsOneClearSentence(Fault fault) {
    FaultRule rule = FaultRule.always(fault, FaultRule.action("sts:GetCallerIdentity"));
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT.withFaults(rule))) {
      CollectOptions options = Audits.from(bed).withAttempts(1);
      CollectException refused =
          assertThrows(
              CollectException.class, () -> AwsCollector.collect(options, Progress.SILENT));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.endsWith("."), message);
      assertFalse(message.contains("\n"), message);
    }
  }

  private static Inventory read(FaultRule rule, String action) {
    try (TestBed bed = TestBed.serve(TRUTH, faulty(rule, action))) {
      return Audits.read(Audits.from(bed).withAttempts(1));
    }
  }

  private static boolean viaFallback(String action) {
    return IamActions.fallback().contains(action);
  }

  /// What only happens where authorization details are denied is tested where they are.
  private static Behaviour faulty(FaultRule rule, String action) {
    Behaviour behaviour = Behaviour.PROMPT.withPageSize(PAGE);
    return viaFallback(action)
        ? behaviour.withFaults(
            rule,
            FaultRule.always(
                new Fault.Denied(), FaultRule.action("iam:GetAccountAuthorizationDetails")))
        : behaviour.withFaults(rule);
  }

  private static List<Kind> touched(String action) {
    return TOUCHED.getOrDefault(action, List.of());
  }

  private static List<String> permissions(Inventory read) {
    List<String> permissions = new ArrayList<>();
    for (Map.Entry<Scope, Coverage> entry : read.coverage().entrySet()) {
      switch (entry.getValue()) {
        case Coverage.Partial(_, Optional<String> permission) ->
            permission.ifPresent(permissions::add);
        case Coverage.Failed(_, Optional<String> permission) ->
            permission.ifPresent(permissions::add);
        case Coverage.Complete() -> {}
        case Coverage.Skipped _ -> {}
      }
    }
    return permissions;
  }
}

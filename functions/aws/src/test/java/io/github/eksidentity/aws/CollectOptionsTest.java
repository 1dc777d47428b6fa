package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Call;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.TestBed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class CollectOptionsTest {
  private static final Inventory TRUTH = Accounts.generate(Audits.SMALL, 21);

  @Test
  void aRegionNotAskedForIsSkippedAndNoCallGoesThere() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      Inventory read = Audits.read(Audits.from(bed).withRegions(List.of("eu-west-1")));
      assertEquals(
          new Coverage.Skipped("not asked for"), read.coverageOf(Scope.region("us-east-1")));
      assertTrue(read.coverageOf(Scope.region("eu-west-1")).isComplete());
      assertTrue(read.clusters().stream().map(Cluster::region).allMatch("eu-west-1"::equals));
      assertTrue(
          bed.calls().stream()
              .filter(call -> call.service().equals("eks"))
              .map(Call::region)
              .allMatch("eu-west-1"::equals));
      assertEquals(TRUTH.sorted().regions(), read.regions());
    }
  }

  @Test
  void aRegionThatIsNotEnabledIsNotReadSilently() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      Inventory read = Audits.read(Audits.from(bed).withRegions(List.of("eu-wst-1")));
      assertEquals("failed", read.coverageOf(Scope.region("eu-wst-1")).status());
    }
  }

  @Test
  void whereRegionsMayNotBeListedThoseOfThePartitionAreTried() {
    Accounts.Size size =
        new Accounts.Size(Partition.AWS_CN, List.of("cn-north-1"), 1, 0, 1, 2, 2, 2, 0);
    Inventory truth = Accounts.generate(size, 22);
    FaultRule denied =
        FaultRule.always(new Fault.Denied(), FaultRule.action("account:ListRegions"));
    try (TestBed bed = TestBed.serve(truth, Behaviour.PROMPT.withFaults(denied))) {
      Inventory read = Audits.read(bed);
      Coverage regions = read.coverageOf(Scope.account(Scope.Kind.REGIONS));
      assertTrue(
          regions instanceof Coverage.Partial(_, Optional<String> permission)
              && permission.equals(Optional.of("account:ListRegions")),
          regions::toString);
      assertEquals(truth.sorted().clusters(), read.clusters());
      assertEquals(List.of("cn-north-1"), read.regions());
      assertEquals(
          new Coverage.Skipped("not enabled for this account"),
          read.coverageOf(Scope.region("cn-northwest-1")));
    }
  }

  @Test
  void theRoleIsAssumedFirst() {
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      String role = "arn:aws:iam::111122223333:role/auditor";
      CollectOptions options =
          Audits.from(bed)
              .withRole(new CollectOptions.RoleToAssume(role, Optional.of("outside"), "run-1"));
      assertEquals(TRUTH.sorted(), Audits.read(options));
      assertEquals(new Call("sts", "AssumeRole", "us-east-1", role), bed.calls().getFirst());
    }
  }

  @Test
  void whatIsNotReadByTheDeadlineIsCoverageAndTheRestIsKept() {
    FaultRule slow =
        FaultRule.always(
            new Fault.Slow(Duration.ofSeconds(60)),
            FaultRule.action("eks:DescribePodIdentityAssociation"));
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT.withFaults(slow))) {
      long start = System.nanoTime();
      Inventory read = Audits.read(Audits.from(bed).withDeadline(Duration.ofSeconds(5)));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofSeconds(15)) < 0, took::toString);
      new Truths(TRUTH).assertHonest(read);
      Coverage associations =
          TRUTH.clusters().stream()
              .map(it -> Scope.cluster(Scope.Kind.ASSOCIATIONS, it.region(), it.name()))
              .map(read::coverageOf)
              .findFirst()
              .orElseThrow();
      assertTrue(associations.reason().contains("time limit of 5.0 seconds"), associations::reason);
    }
  }

  @Test
  void aSlowAnswerIsGivenUpAfterTheAttemptTimeout() {
    FaultRule slow =
        FaultRule.always(
            new Fault.Slow(Duration.ofSeconds(60)), FaultRule.action("eks:DescribeAddon"));
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT.withFaults(slow))) {
      CollectOptions options =
          Audits.from(bed)
              .withAttempts(1)
              .withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(5));
      Inventory read = Audits.read(options);
      new Truths(TRUTH).assertHonest(read);
      new Truths(TRUTH).assertTouched(List.of(Scope.Kind.ADDONS), read);
    }
  }

  @Test
  void progressEndsWithEverythingDone() throws CollectException {
    Set<Progress.State> seen = ConcurrentHashMap.newKeySet();
    try (TestBed bed = TestBed.serve(TRUTH, Behaviour.PROMPT)) {
      AwsCollector.collect(Audits.from(bed), seen::add);
      int regions = TRUTH.regions().size();
      int clusters = TRUTH.clusters().size();
      Progress.State end =
          new Progress.State(regions, regions, clusters, clusters, bed.calls().size());
      assertTrue(seen.contains(end), seen::toString);
    }
  }
}

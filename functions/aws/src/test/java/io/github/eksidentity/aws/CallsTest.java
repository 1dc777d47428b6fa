package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.TestBed;
import org.junit.jupiter.api.Test;

/// Which calls are made, and how many.
class CallsTest {
  @Test
  void aLargeAccountTakesHardlyMoreCallsThanAtLeastNeeded() {
    Accounts.Size large = Accounts.Size.LARGE;
    Inventory truth = Accounts.generate(large, 31);
    try (TestBed bed = TestBed.serve(truth, Behaviour.PROMPT)) {
      assertEquals(truth.sorted(), Audits.read(bed));
      int rolePages = large.roles() / 1000;
      int associationPages = large.clusters();
      int addonPages = large.clusters();
      int floor =
          rolePages
              + large.providers()
              + large.regions().size()
              + large.clusters()
              + associationPages
              + large.associations()
              + addonPages
              + large.addons();
      double excess = bed.calls().size() / (double) floor;
      assertTrue(excess <= 1.05, () -> excess + " of " + floor + ": " + bed.callCounts());
    }
  }

  @Test
  void theDeclaredActionsAreThoseThatAreCalled() {
    Inventory truth = Accounts.generate(Audits.SMALL, 32);
    FaultRule denied =
        FaultRule.always(
            new Fault.Denied(), FaultRule.action("iam:GetAccountAuthorizationDetails"));
    try (TestBed open = TestBed.serve(truth, Behaviour.PROMPT);
        TestBed narrow = TestBed.serve(truth, Behaviour.PROMPT.withFaults(denied))) {
      Audits.read(open);
      assertEquals(IamActions.regular(), open.callCounts().keySet());
      Inventory read = Audits.read(narrow);
      assertEquals(IamActions.all(), narrow.callCounts().keySet());
      assertTrue(read.coverageOf(Scope.account(Scope.Kind.IAM)).isComplete());
    }
  }
}

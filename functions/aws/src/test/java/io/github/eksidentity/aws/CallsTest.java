package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.LargeAccount;
import io.github.eksidentity.testbed.TestBed;
import org.junit.jupiter.api.Test;

/// Which calls are made, and how many.
class CallsTest {
  @Test
  void aLargeAccountTakesHardlyMoreCallsThanAtLeastNeeded() {
    Inventory truth = LargeAccount.inventory();
    try (TestBed bed = TestBed.serve(truth, Behaviour.PROMPT)) {
      assertEquals(truth.sorted(), Audits.read(bed));
      int rolePages = LargeAccount.ROLES / 1000;
      int associationPages = LargeAccount.CLUSTERS;
      int addonPages = LargeAccount.CLUSTERS;
      int floor =
          rolePages
              + LargeAccount.CLUSTERS
              + LargeAccount.REGIONS.size()
              + LargeAccount.CLUSTERS
              + associationPages
              + LargeAccount.ASSOCIATIONS
              + addonPages
              + LargeAccount.ADDONS;
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

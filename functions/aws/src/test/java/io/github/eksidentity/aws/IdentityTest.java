package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.TestBed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Inventory to wire to collectors to inventory is the identity.
class IdentityTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1000})
  void whatIsServedIsReadWhateverThePageSize(int pageSize) {
    Inventory truth = Accounts.generate(Audits.SMALL, 1);
    assertReadBack(truth, Behaviour.PROMPT.withPageSize(pageSize));
  }

  @ParameterizedTest
  @CsvSource({"2, 7", "3, 7", "4, 1000", "5, 1000", "6, 3"})
  void randomAccountsAreReadBack(long seed, int pageSize) {
    Accounts.Size size =
        new Accounts.Size(
            Partition.AWS,
            List.of("us-east-1", "ap-southeast-3"),
            (int) (seed * 37),
            (int) (seed * 3),
            (int) seed * 2,
            7,
            (int) seed * 11,
            (int) seed * 5,
            (int) seed % 3);
    assertReadBack(Accounts.generate(size, seed), Behaviour.PROMPT.withPageSize(pageSize));
  }

  @ParameterizedTest
  @EnumSource(Partition.class)
  void everyPartitionIsReadBack(Partition partition) {
    Accounts.Size size =
        new Accounts.Size(partition, List.of(partition.homeRegion()), 3, 1, 2, 2, 3, 2, 1);
    Inventory truth = Accounts.generate(size, 7);
    try (TestBed bed = TestBed.serve(truth, Behaviour.PROMPT)) {
      CollectOptions options = Audits.from(bed).withRegions(List.of(partition.homeRegion()));
      assertEquals(truth.sorted(), Audits.read(options));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void anEmptyAccountIsCompletelyRead(int pageSize) {
    Accounts.Size empty =
        new Accounts.Size(Partition.AWS, List.of("us-east-1"), 0, 0, 0, 0, 0, 0, 0);
    assertReadBack(Accounts.generate(empty, 8), Behaviour.PROMPT.withPageSize(pageSize));
  }

  private static void assertReadBack(Inventory truth, Behaviour behaviour) {
    try (TestBed bed = TestBed.serve(truth, behaviour)) {
      assertEquals(truth.sorted(), Audits.read(bed));
    }
  }
}

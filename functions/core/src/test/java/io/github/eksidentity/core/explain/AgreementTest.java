package io.github.eksidentity.core.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.Inventories;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Explain is a view on what the audit says: held to it over every example of every rule, whole and
/// with each scope in turn not read.
final class AgreementTest {
  private static final Path RULES = Path.of("src/test/java");

  /// The contracts of all rules, found by their files.
  private static List<RuleContract> contracts() throws IOException, ReflectiveOperationException {
    List<RuleContract> contracts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(RULES.resolve("io/github/eksidentity/core/rules"))) {
      for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        String name = RULES.relativize(file).toString().replace('/', '.').replace(".java", "");
        Class<?> type = Class.forName(name);
        if (RuleContract.class.isAssignableFrom(type)) {
          var constructor = type.getDeclaredConstructor();
          constructor.setAccessible(true);
          contracts.add((RuleContract) constructor.newInstance());
        }
      }
    }
    return contracts;
  }

  private static List<String> faults(Example example, Inventory inventory) {
    AuditContext context = AuditContext.of(inventory, example.settings(), TestAccount.NOW);
    Assessment assessment = new Auditor(Rules.all()).audit(context, example.mutes());
    return Agreement.faults(context, assessment);
  }

  @Test
  void explainAgreesWithTheAuditOverAllExamplesOfAllRules() throws Exception {
    List<RuleContract> contracts = contracts();
    assertTrue(contracts.size() > 60, contracts.size() + " contracts");
    List<String> faults = new ArrayList<>();
    for (RuleContract contract : contracts) {
      contract
          .examples()
          .forEach(
              example ->
                  faults(example, example.inventory())
                      .forEach(
                          fault ->
                              faults.add(
                                  contract.rule().id() + ", " + example.title() + ": " + fault)));
    }
    assertEquals(List.of(), faults, () -> String.join("\n", faults));
  }

  @Test
  void explainAgreesWithTheAuditWhateverWasNotRead() throws Exception {
    List<String> faults = new ArrayList<>();
    for (RuleContract contract : contracts()) {
      contract
          .examples()
          .filter(example -> example.kind() == Example.Kind.FLAGS)
          .limit(1)
          .forEach(
              example -> {
                for (Scope scope : example.inventory().coverage().keySet()) {
                  Map<Scope, Coverage> coverage = new TreeMap<>(example.inventory().coverage());
                  coverage.put(scope, new Coverage.Failed("access denied", Optional.empty()));
                  faults(example, Inventories.withCoverage(example.inventory(), coverage))
                      .forEach(
                          fault ->
                              faults.add(
                                  contract.rule().id() + " without " + scope + ": " + fault));
                }
              });
    }
    assertEquals(List.of(), faults, () -> String.join("\n", faults));
  }
}

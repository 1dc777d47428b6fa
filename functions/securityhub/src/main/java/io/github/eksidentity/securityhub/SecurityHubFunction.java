package io.github.eksidentity.securityhub;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import software.amazon.awssdk.core.exception.SdkException;

/// Imports the changes of an event, each into the account and region that it is about. Importing
/// one twice is no harm: Security Hub takes an update only where it is later than what it has.
final class SecurityHubFunction {
  /// The most findings of one call.
  private static final int BATCH = 100;

  private final Environment environment;
  private final JsonLog log;

  @Inject
  SecurityHubFunction(Environment environment, JsonLog log) {
    this.environment = environment;
    this.log = log;
  }

  private record Place(String account, String region) {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::account).thenComparing(Place::region);

    @Override
    public String toString() {
      return "account " + account + ", region " + region;
    }
  }

  /// @throws FunctionException where something was not imported, after all that could be
  void handle(Json event, Own own) {
    List<String> problems = new ArrayList<>();
    Map<Place, List<FindingChange>> places =
        FindingChange.of(event).stream()
            .collect(
                Collectors.groupingBy(
                    change -> new Place(change.account(), region(change, own)),
                    () -> new TreeMap<>(Place.ORDER),
                    Collectors.toList()));
    try (Hubs hubs = new Hubs(own, environment)) {
      places.forEach((place, changes) -> problems.addAll(attempt(hubs, own, place, changes)));
    }
    if (!problems.isEmpty()) {
      problems.forEach(log::error);
      throw new FunctionException(problems.size() + " imports failed. " + problems.getFirst());
    }
  }

  /// What is IAM's alone is imported where the function is.
  private static String region(FindingChange change, Own own) {
    return change.region().equals(Finding.GLOBAL) ? own.region() : change.region();
  }

  private List<String> attempt(Hubs hubs, Own own, Place place, List<FindingChange> changes) {
    if (!hubs.reaches(place.account())) {
      log.warn("not imported, as there is no role to assume: " + place);
      return List.of();
    }
    try {
      return imported(hubs.of(place.account(), place.region()), own, place, changes);
    } catch (SdkException e) {
      if (ImportAnswer.isNotEnabled(e)) {
        log.warn("not imported, as Security Hub is not enabled: " + place);
        return List.of();
      }
      return List.of(place + ": " + e.getMessage());
    }
  }

  private List<String> imported(ImportCall hub, Own own, Place place, List<FindingChange> changes) {
    List<String> problems = new ArrayList<>();
    for (int from = 0; from < changes.size(); from += BATCH) {
      List<FindingChange> batch = changes.subList(from, Math.min(changes.size(), from + BATCH));
      for (Refusal refusal : hub.send(Asff.of(batch, own.partition(), place.region()))) {
        problems.add(place + ", " + refusal);
      }
    }
    log.info(changes.size() + " findings imported: " + place);
    return problems;
  }
}

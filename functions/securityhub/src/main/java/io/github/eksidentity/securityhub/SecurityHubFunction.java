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
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;
import software.amazon.awssdk.services.securityhub.model.ImportFindingsError;
import software.amazon.awssdk.services.securityhub.model.InvalidAccessException;

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
    Map<Place, List<Change>> places =
        Change.of(event).stream()
            .collect(
                Collectors.groupingBy(
                    change -> new Place(change.account(), region(change, own)),
                    () -> new TreeMap<>(Place.ORDER),
                    Collectors.toList()));
    try (Hubs hubs =
        new Hubs(
            own, environment.optional("MEMBER_ROLE_NAME"), environment.optional("EXTERNAL_ID"))) {
      places.forEach((place, changes) -> problems.addAll(attempt(hubs, own, place, changes)));
    }
    if (!problems.isEmpty()) {
      problems.forEach(log::error);
      throw new FunctionException(problems.size() + " imports failed. " + problems.getFirst());
    }
  }

  /// What is IAM's alone is imported where the function is.
  private static String region(Change change, Own own) {
    return change.region().equals(Finding.GLOBAL) ? own.region() : change.region();
  }

  private List<String> attempt(Hubs hubs, Own own, Place place, List<Change> changes) {
    if (!hubs.reaches(place.account())) {
      log.warn("not imported, as there is no role to assume: " + place);
      return List.of();
    }
    try (SecurityHubClient hub = hubs.of(place.account(), place.region())) {
      return imported(hub, own, place, changes);
    } catch (InvalidAccessException e) {
      log.warn("not imported, as Security Hub is not enabled: " + place);
      return List.of();
    } catch (SdkException e) {
      return List.of(place + ": " + e.getMessage());
    }
  }

  private List<String> imported(SecurityHubClient hub, Own own, Place place, List<Change> changes) {
    List<String> problems = new ArrayList<>();
    for (int from = 0; from < changes.size(); from += BATCH) {
      List<AwsSecurityFinding> findings =
          changes.subList(from, Math.min(changes.size(), from + BATCH)).stream()
              .map(change -> Asff.of(change, own.partition(), place.region()))
              .toList();
      for (ImportFindingsError refused :
          hub.batchImportFindings(request -> request.findings(findings)).failedFindings()) {
        problems.add(place + ", " + refused.id() + ": " + refused.errorMessage());
      }
    }
    log.info(changes.size() + " findings imported: " + place);
    return problems;
  }
}

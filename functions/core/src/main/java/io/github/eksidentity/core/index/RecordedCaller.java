package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A service account that asked STS for a role by web identity, as CloudTrail recorded it.
///
/// @param issuer of its token without `https://`; empty where the record does not name a provider
/// @param subject as `system:serviceaccount:payments:ledger`
/// @param roleArn as the caller gave it
/// @param calls the oldest first, at least one
public record RecordedCaller(
    Optional<String> issuer, String subject, String roleArn, List<AssumeCall> calls) {
  public RecordedCaller {
    calls =
        calls.stream()
            .sorted(Comparator.comparing(AssumeCall::time).thenComparing(AssumeCall::id))
            .toList();
  }

  private record Key(String issuer, String subject, String roleArn) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::issuer).thenComparing(Key::subject).thenComparing(Key::roleArn);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /// The callers with tokens of Kubernetes. Calls with tokens of other providers are left alone,
  /// and those of which the record does not tell subject or role.
  public static List<RecordedCaller> of(Inventory inventory) {
    Map<Key, List<AssumeCall>> calls = new TreeMap<>();
    for (AssumeCall call : inventory.calls()) {
      if (call.roleArn().isPresent()
          && call.subject().filter(RecordedCaller::isServiceAccount).isPresent()
          && call.providerArn().filter(arn -> !TrustedProvider.looksLikeEks(arn)).isEmpty()) {
        Key key =
            new Key(
                call.providerArn().flatMap(OidcProvider::issuerOf).orElse(""),
                call.subject().get(),
                call.roleArn().get());
        calls.computeIfAbsent(key, _ -> new ArrayList<>()).add(call);
      }
    }
    List<RecordedCaller> callers = new ArrayList<>();
    calls.forEach(
        (key, found) ->
            callers.add(
                new RecordedCaller(
                    Optional.of(key.issuer()).filter(issuer -> !issuer.isEmpty()),
                    key.subject(),
                    key.roleArn(),
                    found)));
    return callers;
  }

  private static boolean isServiceAccount(String subject) {
    return subject.startsWith(Subject.PREFIX) && subject.split(":", -1).length == 4;
  }

  /// Namespace and name of the service account, as `payments/ledger`.
  public String qualifiedName() {
    return Subject.qualifiedName(subject);
  }
}

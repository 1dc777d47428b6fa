package io.github.eksidentity.report.alert;

import io.github.eksidentity.report.fix.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where findings are kept, so that a message can say how to look up what it does not show.
public sealed interface FindingsPlace {
  /// A DynamoDB table.
  record Table(String region, String name) implements FindingsPlace {}

  /// What the command was told with `--store`; empty where it was told nothing.
  record Option(Optional<String> value) implements FindingsPlace {}

  /// A command of `eks-identity` that looks there.
  default String command(String... words) {
    List<String> all = new ArrayList<>(List.of("eks-identity"));
    all.addAll(List.of(words));
    switch (this) {
      case Table(_, String name) -> all.addAll(List.of("--store", "dynamodb:" + name));
      case Option(Optional<String> value) ->
          value.ifPresent(store -> all.addAll(List.of("--store", store)));
    }
    return Shell.command(all.toArray(String[]::new));
  }
}

package io.github.eksidentity.cli.account;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.text.Nearest;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Finds what a person names on the command line in an account, and the nearest name where there is
/// no such thing.
public record AccountNames(AuditContext context) {
  private static final String SERVICE_ACCOUNT =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?/[a-z0-9]([-a-z0-9.]*[a-z0-9])?";

  /// A service account or pod as `namespace/name`.
  ///
  /// @throws ParameterException if the text has no such form
  public static String serviceAccount(CommandLine command, String text) {
    if (!text.matches(SERVICE_ACCOUNT)) {
      throw new ParameterException(
          command, "A service account or pod is named NAMESPACE/NAME, not " + text);
    }
    return text;
  }

  /// The cluster with this name or ARN.
  ///
  /// @throws Failure where there is none, or more than one
  public Cluster cluster(String nameOrArn) {
    List<Cluster> all = context.inventory().clusters();
    List<Cluster> found =
        all.stream()
            .filter(one -> one.name().equals(nameOrArn) || one.arn().equals(nameOrArn))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new Failure(
          "There is no cluster "
              + nameOrArn
              + " among those that were read"
              + nearest(nameOrArn, all.stream().map(Cluster::name).toList()));
    }
    throw new Failure(
        "There are several clusters "
            + nameOrArn
            + "; name one by its ARN: "
            + String.join(", ", found.stream().map(Cluster::arn).sorted().toList()));
  }

  /// The ARN of a role with this ARN or name. An ARN is taken as it is, because a role that does
  /// not exist may be what is wrong.
  ///
  /// @throws Failure where there is no such name, or more than one
  public String role(String nameOrArn) {
    if (nameOrArn.startsWith("arn:")) {
      return nameOrArn;
    }
    List<Role> all = context.inventory().roles();
    List<Role> found =
        all.stream()
            .filter(
                one ->
                    one.name().equals(nameOrArn)
                        || (one.path() + one.name()).equals("/" + nameOrArn))
            .toList();
    if (found.size() == 1) {
      return found.getFirst().arn();
    }
    if (found.isEmpty()) {
      throw new Failure(
          "There is no role "
              + nameOrArn
              + " among those that were read"
              + nearest(nameOrArn, all.stream().map(Role::name).toList()));
    }
    throw new Failure(
        "There are several roles "
            + nameOrArn
            + "; name one by its ARN: "
            + String.join(", ", found.stream().map(Role::arn).sorted().toList()));
  }

  /// The rest of a sentence that says what is nearest to a name.
  public static String nearest(String name, Collection<String> candidates) {
    return Nearest.of(name, candidates).map(found -> "; the nearest is " + found + ".").orElse(".");
  }
}

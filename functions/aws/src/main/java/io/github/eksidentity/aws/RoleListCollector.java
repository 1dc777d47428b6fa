package io.github.eksidentity.aws;

import io.github.eksidentity.core.answers.PercentEncoding;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.inject.Inject;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;

/// Reads the roles without the right to read authorization details: the list has the trust
/// policies, and GetRole of each adds use, boundary and tags. Policies are not read.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>.
final class RoleListCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.LIST_ROLES, ApiAction.GET_ROLE);
  private static final int PAGE = 1000;

  private final Clients clients;
  private final Calls calls;
  private final Parallel parallel;

  @Inject
  RoleListCollector(Clients clients, Calls calls, Parallel parallel) {
    this.clients = clients;
    this.calls = calls;
    this.parallel = parallel;
  }

  /// @param denied why the authorization details are not read
  RoleFacts read(Account account, ReadProblem denied) {
    IamClient iam = clients.iam(account.partition());
    Paged<Role> listed =
        Paged.read(
            marker ->
                calls.call(
                    ApiAction.LIST_ROLES,
                    Calls.GLOBAL,
                    () -> page(iam.listRoles(request(marker)))));
    Coverage roles = ReadProblem.coverage(!listed.items().isEmpty(), listed.problem());
    List<CallOutcome<Role>> described = describe(iam, listed.items());
    Described<Role> read = Described.of(listed, described);
    Coverage usage = RoleFacts.usage(read.items(), read.coverage());
    return new RoleFacts(
        merge(listed.items(), described),
        Map.of(),
        RoleFacts.coverage(roles, denied.failed(), usage));
  }

  /// One answer for each role. The first role is tried alone: where GetRole is denied for it, the
  /// others are not asked for.
  private List<CallOutcome<Role>> describe(IamClient iam, List<Role> roles) {
    if (roles.isEmpty()) {
      return List.of();
    }
    CallOutcome<Role> first = describe(iam, roles.getFirst());
    if (first instanceof CallOutcome.Failed<Role>(ReadProblem problem)
        && problem.kind() == ReadProblem.Kind.DENIED) {
      return roles.stream().map(_ -> first).toList();
    }
    List<CallOutcome<Role>> others =
        parallel.map(roles.subList(1, roles.size()), role -> describe(iam, role));
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  private CallOutcome<Role> describe(IamClient iam, Role role) {
    return calls.call(
        ApiAction.GET_ROLE,
        Calls.GLOBAL,
        () ->
            role(
                Fields.required(
                    iam.getRole(request -> request.roleName(role.name())).role(), "Role")));
  }

  /// Roles as described, as listed where that failed, without those deleted meanwhile.
  private static List<Role> merge(List<Role> listed, List<CallOutcome<Role>> described) {
    List<Role> roles = new ArrayList<>();
    for (int i = 0; i < listed.size(); i++) {
      switch (described.get(i)) {
        case CallOutcome.Ok<Role>(Role role) -> roles.add(role);
        case CallOutcome.Gone<Role> _ -> {}
        case CallOutcome.Failed<Role> _ -> roles.add(listed.get(i));
      }
    }
    return roles;
  }

  private static ListRolesRequest request(Optional<String> marker) {
    ListRolesRequest.Builder request = ListRolesRequest.builder().maxItems(PAGE);
    marker.ifPresent(request::marker);
    return request.build();
  }

  private static Paged.Page<Role> page(ListRolesResponse answer) {
    List<Role> roles =
        answer.roles().stream().map(role -> role(role, new LastUsed.NotRead())).toList();
    return Paged.Page.ofIam(roles, answer.isTruncated(), answer.marker());
  }

  private static Role role(software.amazon.awssdk.services.iam.model.Role role) {
    return role(role, RoleFacts.lastUsed(role.roleLastUsed()));
  }

  private static Role role(software.amazon.awssdk.services.iam.model.Role role, LastUsed lastUsed) {
    String trust = Fields.required(role.assumeRolePolicyDocument(), "AssumeRolePolicyDocument");
    return new Role(
        Fields.required(role.arn(), "Arn"),
        Fields.required(role.roleName(), "RoleName"),
        Fields.required(role.path(), "Path"),
        Fields.orEmpty(role.roleId()),
        Optional.ofNullable(role.createDate()),
        PercentEncoding.decode(trust),
        List.of(),
        List.of(),
        List.of(),
        RoleFacts.boundary(role.permissionsBoundary()),
        lastUsed,
        RoleFacts.tags(role.tags()));
  }
}

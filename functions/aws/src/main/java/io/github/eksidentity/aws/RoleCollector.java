package io.github.eksidentity.aws;

import io.github.eksidentity.core.answers.PercentEncoding;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.inject.Inject;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/// Reads roles and policies in bulk; where that is denied, the roles one by one.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>.
final class RoleCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.GET_ACCOUNT_AUTHORIZATION_DETAILS);
  private static final int PAGE = 1000;

  private final Clients clients;
  private final Calls calls;
  private final RoleListCollector oneByOne;

  @Inject
  RoleCollector(Clients clients, Calls calls, RoleListCollector oneByOne) {
    this.clients = clients;
    this.calls = calls;
    this.oneByOne = oneByOne;
  }

  /// What a page of authorization details holds.
  private sealed interface Detail {
    record OfRole(Role role) implements Detail {}

    record OfPolicy(PolicyDocument policy) implements Detail {}
  }

  RoleFacts read(Account account) {
    IamClient iam = clients.iam(account.partition());
    Paged<Detail> details =
        Paged.read(
            marker ->
                calls.call(
                    ApiAction.GET_ACCOUNT_AUTHORIZATION_DETAILS,
                    Calls.GLOBAL,
                    () -> page(iam.getAccountAuthorizationDetails(request(marker)))));
    return details
        .problem()
        .filter(problem -> problem.kind() == ReadProblem.Kind.DENIED)
        .map(denied -> oneByOne.read(account, denied))
        .orElseGet(() -> facts(details));
  }

  private static RoleFacts facts(Paged<Detail> details) {
    List<Role> roles = new ArrayList<>();
    Map<String, PolicyDocument> policies = new HashMap<>();
    for (Detail detail : details.items()) {
      switch (detail) {
        case Detail.OfRole(Role role) -> roles.add(role);
        case Detail.OfPolicy(PolicyDocument policy) -> policies.put(policy.name(), policy);
      }
    }
    Coverage read = ReadProblem.coverage(!roles.isEmpty(), details.problem());
    return new RoleFacts(
        roles, policies, RoleFacts.coverage(read, read, RoleFacts.usage(roles, read)));
  }

  private static GetAccountAuthorizationDetailsRequest request(Optional<String> marker) {
    GetAccountAuthorizationDetailsRequest.Builder request =
        GetAccountAuthorizationDetailsRequest.builder()
            .filter(EntityType.ROLE, EntityType.LOCAL_MANAGED_POLICY, EntityType.AWS_MANAGED_POLICY)
            .maxItems(PAGE);
    marker.ifPresent(request::marker);
    return request.build();
  }

  private static Paged.Page<Detail> page(GetAccountAuthorizationDetailsResponse answer) {
    Stream<Detail> roles =
        answer.roleDetailList().stream().map(detail -> new Detail.OfRole(role(detail)));
    Stream<Detail> policies =
        answer.policies().stream().map(detail -> new Detail.OfPolicy(policy(detail)));
    return Paged.Page.ofIam(
        Stream.concat(roles, policies).toList(), answer.isTruncated(), answer.marker());
  }

  private static Role role(RoleDetail detail) {
    String trust = Fields.required(detail.assumeRolePolicyDocument(), "AssumeRolePolicyDocument");
    return new Role(
        Fields.required(detail.arn(), "Arn"),
        Fields.required(detail.roleName(), "RoleName"),
        Fields.required(detail.path(), "Path"),
        Fields.orEmpty(detail.roleId()),
        Optional.ofNullable(detail.createDate()),
        PercentEncoding.decode(trust),
        detail.rolePolicyList().stream()
            .map(policy -> document(policy.policyName(), policy.policyDocument()))
            .toList(),
        detail.attachedManagedPolicies().stream().map(AttachedPolicy::policyArn).toList(),
        detail.instanceProfileList().stream().map(InstanceProfile::instanceProfileName).toList(),
        RoleFacts.boundary(detail.permissionsBoundary()),
        RoleFacts.lastUsed(detail.roleLastUsed()),
        RoleFacts.tags(detail.tags()));
  }

  private static PolicyDocument policy(ManagedPolicyDetail detail) {
    PolicyVersion version =
        detail.policyVersionList().stream()
            .filter(candidate -> Boolean.TRUE.equals(candidate.isDefaultVersion()))
            .findFirst()
            .orElseThrow(() -> new MalformedAnswerException("the answer lacks a default version"));
    return document(detail.arn(), version.document());
  }

  private static PolicyDocument document(String name, String text) {
    return new PolicyDocument(
        Fields.required(name, "the name of a policy"),
        PercentEncoding.decode(Fields.required(text, "the document of a policy")));
  }
}

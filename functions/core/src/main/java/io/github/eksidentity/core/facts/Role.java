package io.github.eksidentity.core.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An IAM role.
///
/// @param arn with its path; role names in ARNs are case-sensitive
/// @param path begins and ends with `/`
/// @param id unique id, `AROA…`; empty where it was not read
/// @param created empty where it was not read
/// @param trustDocument text of the trust policy, URL-decoded, otherwise as stored
/// @param inlinePolicies name and document of each inline policy
/// @param attachedPolicies ARNs of the managed policies
/// @param instanceProfiles names of the instance profiles that hold the role
/// @param permissionsBoundary ARN of the boundary policy
@RecordBuilder
public record Role(
    String arn,
    String name,
    String path,
    String id,
    Optional<Instant> created,
    String trustDocument,
    List<PolicyDocument> inlinePolicies,
    List<String> attachedPolicies,
    List<String> instanceProfiles,
    Optional<String> permissionsBoundary,
    LastUsed lastUsed,
    Map<String, String> tags)
    implements RoleBuilder.With {
  public Role {
    inlinePolicies = List.copyOf(inlinePolicies);
    attachedPolicies = List.copyOf(attachedPolicies);
    instanceProfiles = List.copyOf(instanceProfiles);
    tags = Map.copyOf(tags);
  }

  /// The role under another trust policy, for asking what would be.
  public Role withTrust(String document) {
    return withTrustDocument(document);
  }

  /// The role with one more inline policy.
  public Role withPolicy(PolicyDocument policy) {
    return withInlinePolicies(plus(inlinePolicies, policy));
  }

  /// The role with one more managed policy attached.
  public Role withAttached(String policyArn) {
    return withAttachedPolicies(plus(attachedPolicies, policyArn));
  }

  private static <T> List<T> plus(List<T> some, T more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /// The ARN of the provider that STS asks where a token of this issuer comes for the role.
  ///
  /// @param issuer without `https://`
  public String providerArn(String issuer) {
    return Arn.parse(arn).map(own -> OidcProvider.arn(own, issuer)).orElse("");
  }

  /// The account in the role's ARN.
  public String account() {
    return Arn.parse(arn).map(Arn::account).orElse("");
  }

  /// Whether AWS owns the role, so that nobody here can change its trust.
  public boolean serviceLinked() {
    return path.startsWith("/aws-service-role/");
  }
}

package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

/// Roles and providers made in an emulator of IAM that is not ours, and what is to be read of them.
final class ForeignIam {
  private static final String ISSUER =
      "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  private static final String TRUST =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/%s"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringLike": {"%s:sub": "system:serviceaccount:a+b:*%%20"}}
          }
        ]
      }\
      """
          .formatted(ISSUER, ISSUER);
  private static final String POLICY =
      "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\":"
          + " \"s3:GetObject\", \"Resource\": \"*\"}]}";

  void fill(URI endpoint) {
    try (IamClient iam =
        IamClient.builder()
            .endpointOverride(endpoint)
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(Audits.CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      iam.createOpenIDConnectProvider(
          request ->
              request
                  .url("https://" + ISSUER)
                  .clientIDList("sts.amazonaws.com")
                  .thumbprintList("9e99a48a9960b14926bb7f3b02e22da2b0ab7280"));
      for (int i = 0; i < 3; i++) {
        String name = "app-" + i;
        iam.createRole(
            request ->
                request
                    .roleName(name)
                    .path("/team/")
                    .assumeRolePolicyDocument(TRUST)
                    .tags(Tag.builder().key("owner").value("a+b ü").build()));
      }
      iam.putRolePolicy(
          request -> request.roleName("app-0").policyName("inline").policyDocument(POLICY));
    }
  }

  void assertRead(Inventory read) {
    List<Role> roles = read.roles().stream().filter(role -> role.path().equals("/team/")).toList();
    assertEquals(List.of("app-0", "app-1", "app-2"), roles.stream().map(Role::name).toList());
    roles.forEach(role -> assertEquals(TRUST, role.trustDocument()));
    assertEquals("inline", roles.getFirst().inlinePolicies().getFirst().name());
    assertEquals(Map.of("owner", "a+b ü"), roles.getFirst().tags());
    assertTrue(read.coverageOf(Scope.account(Scope.Kind.IAM)).isComplete());

    assertEquals(List.of(ISSUER), read.providers().stream().map(OidcProvider::url).toList());
    assertEquals(List.of("sts.amazonaws.com"), read.providers().getFirst().clientIds());
    assertTrue(read.coverageOf(Scope.account(Scope.Kind.OIDC)).isComplete());
  }
}

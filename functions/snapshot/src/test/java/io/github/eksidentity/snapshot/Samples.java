package io.github.eksidentity.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// A small snapshot as the AWS CLI prints one, to be altered by tests.
final class Samples {
  static final String CLUSTER = "regions/eu-west-1/clusters/prod/";
  public static final String ISSUER =
      "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";

  private final Map<String, byte[]> files = new TreeMap<>();

  /// One region, one cluster with an add-on, an association and a node group, one provider, one
  /// role.
  public static Samples complete() {
    return new Samples()
        .with(
            "account.json",
            """
            {"UserId": "AIDAEXAMPLE", "Account": "111122223333",
             "Arn": "arn:aws:iam::111122223333:user/auditor"}
            """)
        .with("authorization-details.json", AUTHORIZATION_DETAILS)
        .with("account-summary.json", "{\"SummaryMap\": {\"AssumeRolePolicySizeQuota\": 2048}}")
        .with(
            "open-id-connect-providers.json",
            "{\"OpenIDConnectProviderList\": [{\"Arn\": \"%s\"}]}"
                .formatted("arn:aws:iam::111122223333:oidc-provider/" + ISSUER))
        .with("open-id-connect-providers/prod.json", PROVIDER)
        .with(
            "regions.json",
            """
            {"Regions": [{"RegionName": "eu-west-1", "RegionOptStatus": "ENABLED_BY_DEFAULT"},
                         {"RegionName": "af-south-1", "RegionOptStatus": "DISABLED"}]}
            """)
        .with("regions/eu-west-1/clusters.json", "{\"clusters\": [\"prod\"]}")
        .with(CLUSTER + "cluster.json", CLUSTER_ANSWER)
        .with(CLUSTER + "addons.json", "{\"addons\": [\"vpc-cni\"]}")
        .with(CLUSTER + "addons/vpc-cni.json", ADDON)
        .with(CLUSTER + "nodegroups.json", "{\"nodegroups\": [\"general\"]}")
        .with(
            CLUSTER + "nodegroups/general.json",
            """
            {"nodegroup": {"nodegroupName": "general", "clusterName": "prod", "status": "ACTIVE",
                           "nodeRole": "arn:aws:iam::111122223333:role/nodes"}}
            """)
        .with(
            CLUSTER + "pod-identity-associations.json",
            """
            {"associations": [{"clusterName": "prod", "namespace": "ledger",
              "serviceAccount": "ledger", "associationId": "a-1"}]}
            """)
        .with(CLUSTER + "pod-identity-associations/a-1.json", ASSOCIATION)
        .with(
            "simulations/payments.json",
            """
            {"EvaluationResults": [{"EvalActionName": "s3:GetObject", "EvalDecision": "implicitDeny",
              "EvalResourceName": "arn:aws:s3:::ledger/*", "MatchedStatements": [],
              "MissingContextValues": ["aws:SourceVpce"],
              "OrganizationsDecisionDetail": {"AllowedByOrganizations": false},
              "PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": true}}],
             "IsTruncated": false}
            """)
        .with("taken-at.txt", "2026-11-20T06:00:00Z\n");
  }

  Samples with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Samples with(String name, byte[] bytes) {
    files.put(name, bytes);
    return this;
  }

  Samples without(String name) {
    files.remove(name);
    return this;
  }

  /// Replaces a text that must be there.
  Samples replace(String name, String old, String replacement) {
    String text = new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    if (!text.contains(old)) {
      throw new AssertionError(name + " does not hold " + old);
    }
    return with(name, text.replace(old, replacement));
  }

  Map<String, byte[]> files() {
    return files;
  }

  Snapshot read() {
    return SnapshotReader.read(SnapshotFiles.of(files), false);
  }

  Snapshot readTolerant() {
    return SnapshotReader.read(SnapshotFiles.of(files), true);
  }

  private static final String AUTHORIZATION_DETAILS =
      """
      {
          "RoleDetailList": [
              {
                  "Path": "/apps/",
                  "RoleName": "payments",
                  "RoleId": "AROAEXAMPLEPAYMENTS",
                  "Arn": "arn:aws:iam::111122223333:role/apps/payments",
                  "CreateDate": "2025-02-01T10:00:00+00:00",
                  "AssumeRolePolicyDocument": {
                      "Version": "2012-10-17",
                      "Statement": []
                  },
                  "InstanceProfileList": [{"InstanceProfileName": "payments-profile"}],
                  "RolePolicyList": [
                      {"PolicyName": "queue", "PolicyDocument": {"Statement": []}}
                  ],
                  "AttachedManagedPolicies": [
                      {"PolicyName": "Read", "PolicyArn": "arn:aws:iam::111122223333:policy/Read"}
                  ],
                  "PermissionsBoundary": {
                      "PermissionsBoundaryType": "Policy",
                      "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/Read"
                  },
                  "Tags": [{"Key": "team", "Value": "payments"}],
                  "RoleLastUsed": {"LastUsedDate": "2026-11-19T22:00:00Z", "Region": "eu-west-1"}
              }
          ],
          "UserDetailList": [],
          "GroupDetailList": [],
          "Policies": [
              {
                  "PolicyName": "Read",
                  "Arn": "arn:aws:iam::111122223333:policy/Read",
                  "DefaultVersionId": "v2",
                  "PolicyVersionList": [
                      {"VersionId": "v2", "IsDefaultVersion": true, "Document": {"new": 1}},
                      {"VersionId": "v1", "IsDefaultVersion": false, "Document": {"old": 1}}
                  ]
              }
          ]
      }
      """;

  private static final String PROVIDER =
      """
      {"Url": "%s", "ClientIDList": ["sts.amazonaws.com"], "ThumbprintList": ["9e99a48a"],
       "CreateDate": "2025-01-01T00:00:00Z", "Tags": [{"Key": "made-by", "Value": "terraform"}]}
      """
          .formatted(ISSUER);

  private static final String CLUSTER_ANSWER =
      """
      {
          "cluster": {
              "name": "prod",
              "arn": "arn:aws:eks:eu-west-1:111122223333:cluster/prod",
              "createdAt": 1735689600.25,
              "version": "1.33",
              "endpoint": "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
              "identity": {"oidc": {"issuer": "https://%s"}},
              "status": "ACTIVE",
              "certificateAuthority": {"data": "TUlJ"},
              "platformVersion": "eks.12",
              "tags": {"team": "platform"},
              "computeConfig": {"enabled": true, "nodeRoleArn": "arn:aws:iam::111122223333:role/auto"},
              "health": {"issues": [{"code": "StsRegionalEndpointDisabled", "message": "off"}]}
          }
      }
      """
          .formatted(ISSUER);

  private static final String ADDON =
      """
      {"addon": {"addonName": "vpc-cni", "clusterName": "prod", "status": "DEGRADED",
                 "addonVersion": "v1.20.0-eksbuild.1",
                 "health": {"issues": [{"code": "AccessDenied", "message": "no"}]},
                 "serviceAccountRoleArn": "arn:aws:iam::111122223333:role/cni",
                 "podIdentityAssociations": ["arn:a"], "tags": {"k": "v"}}}
      """;

  private static final String ASSOCIATION =
      """
      {"association": {"clusterName": "prod", "namespace": "ledger", "serviceAccount": "ledger",
        "roleArn": "arn:aws:iam::111122223333:role/ledger", "associationArn": "arn:a",
        "associationId": "a-1", "tags": {}, "disableSessionTags": true,
        "targetRoleArn": "arn:aws:iam::444455556666:role/target", "externalId": "x-1",
        "ownerArn": "arn:o", "policy": "{}"}}
      """;
}

package io.github.eksidentity.aws;

/// The API actions that collectors call.
enum ApiAction {
  GET_CALLER_IDENTITY("sts", "GetCallerIdentity"),
  GET_ACCOUNT_AUTHORIZATION_DETAILS("iam", "GetAccountAuthorizationDetails"),
  LIST_ROLES("iam", "ListRoles"),
  GET_ROLE("iam", "GetRole"),
  GET_ACCOUNT_SUMMARY("iam", "GetAccountSummary"),
  SIMULATE_PRINCIPAL_POLICY("iam", "SimulatePrincipalPolicy"),
  LIST_OIDC_PROVIDERS("iam", "ListOpenIDConnectProviders"),
  GET_OIDC_PROVIDER("iam", "GetOpenIDConnectProvider"),
  LIST_REGIONS("account", "ListRegions"),
  LIST_CLUSTERS("eks", "ListClusters"),
  DESCRIBE_CLUSTER("eks", "DescribeCluster"),
  LIST_ASSOCIATIONS("eks", "ListPodIdentityAssociations"),
  DESCRIBE_ASSOCIATION("eks", "DescribePodIdentityAssociation"),
  LIST_ADDONS("eks", "ListAddons"),
  DESCRIBE_ADDON("eks", "DescribeAddon"),
  LIST_NODE_GROUPS("eks", "ListNodegroups"),
  DESCRIBE_NODE_GROUP("eks", "DescribeNodegroup"),
  LOOKUP_EVENTS("cloudtrail", "LookupEvents");

  private final String service;
  private final String operation;

  ApiAction(String service, String operation) {
    this.service = service;
    this.operation = operation;
  }

  String service() {
    return service;
  }

  /// The IAM action that allows the call, as `eks:ListClusters`.
  String permission() {
    return service + ":" + operation;
  }
}

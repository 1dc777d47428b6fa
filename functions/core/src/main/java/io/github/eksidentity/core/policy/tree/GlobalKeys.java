package io.github.eksidentity.core.policy.tree;

import java.util.Locale;
import java.util.Set;

/// The condition keys of AWS that a role's trust policy can test: those that every service knows,
/// and those of STS. Keys that name an identity provider are not among them; their prefix is its
/// host.
///
/// As of 26 Sep 2026. New keys are added by AWS now and then; `.ci/second-opinion` names those that
/// are missing here or differ in the number of their values.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html> and
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>.
public final class GlobalKeys {
  private static final Set<String> MULTIVALUED =
      Set.of(
          "aws:calledvia",
          "aws:principalorgpaths",
          "aws:principalservicenameslist",
          "aws:resourceorgpaths",
          "aws:sourceorgpaths",
          "aws:tagkeys",
          "aws:vpceorgpaths",
          "sts:identitytokenaudience",
          "sts:requestcontextproviders",
          "sts:transitivetagkeys");

  private static final Set<String> ALWAYS =
      Set.of(
          "aws:currenttime",
          "aws:epochtime",
          "aws:requestedregion",
          "aws:securetransport",
          "aws:useragent");

  private static final KeyNames SINGLE =
      KeyNames.of(
          // of the principal
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principalorgid",
          "aws:principaltag/*",
          "aws:principalisawsservice",
          "aws:principalservicename",
          "aws:principaltype",
          "aws:userid",
          "aws:username",
          // of its session
          "aws:assumedroot",
          "aws:federatedprovider",
          "aws:tokenissuetime",
          "aws:multifactorauthage",
          "aws:multifactorauthpresent",
          "aws:chatbotsourcearn",
          "aws:ec2instancesourcevpc",
          "aws:ec2instancesourceprivateipv4",
          "aws:sourceidentity",
          "aws:signinsessionarn",
          // of the network
          "aws:sourceip",
          "aws:sourcevpc",
          "aws:sourcevpcarn",
          "aws:sourcevpce",
          "aws:vpceaccount",
          "aws:vpceorgid",
          "aws:vpcsourceip",
          // of the resource
          "aws:resourceaccount",
          "aws:resourceorgid",
          "aws:resourcetag/*",
          // of the request
          "aws:calledviafirst",
          "aws:calledvialast",
          "aws:calledviaawsmcp",
          "aws:viaawsservice",
          "aws:viaawsmcpservice",
          "aws:ismcpserviceaction",
          "aws:currenttime",
          "aws:epochtime",
          "aws:referer",
          "aws:requestedregion",
          "aws:requesttag/*",
          "aws:securetransport",
          "aws:sourcearn",
          "aws:sourceaccount",
          "aws:sourceowner",
          "aws:sourceorgid",
          "aws:useragent",
          // of STS
          "sts:awsservicename",
          "sts:durationseconds",
          "sts:externalid",
          "sts:requestcontext/*",
          "sts:roleauthorizedbyidp",
          "sts:rolesessionname",
          "sts:signingalgorithm",
          "sts:sourceidentity",
          "sts:taskpolicyarn");

  /// Keys that AWS has announced and whose contents are not documented yet: whether they come with
  /// a call, and with which value, is not known.
  ///
  /// Documented at <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_tip.html>.
  public static final KeyNames UNDOCUMENTED =
      KeyNames.of("aws:originidentity/*", "aws:transactioncontext/*");

  private GlobalKeys() {}

  /// Whether a key with the prefix `aws:` or `sts:` exists. A key of another prefix is of another
  /// service or of an identity provider, of which nothing is known here: it is taken to exist.
  public static boolean exists(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    return !(folded.startsWith("aws:") || folded.startsWith("sts:"))
        || MULTIVALUED.contains(folded)
        || SINGLE.contains(folded)
        || UNDOCUMENTED.contains(folded);
  }

  /// Whether the key can have several values at once, so that only set operators are documented for
  /// it.
  public static boolean isMultivalued(String key) {
    return MULTIVALUED.contains(key.toLowerCase(Locale.ROOT));
  }

  /// Whether every call has the key, as its documentation says under "Availability".
  public static boolean isAlwaysPresent(String key) {
    return ALWAYS.contains(key.toLowerCase(Locale.ROOT));
  }

  /// Whether the key tells the time of the call.
  public static boolean isMoment(String key) {
    return key.equalsIgnoreCase("aws:currenttime") || isEpoch(key);
  }

  /// Whether the key tells the time of the call in seconds since 1970.
  public static boolean isEpoch(String key) {
    return key.equalsIgnoreCase("aws:epochtime");
  }
}

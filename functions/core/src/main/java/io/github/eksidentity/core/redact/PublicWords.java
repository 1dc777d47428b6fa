package io.github.eksidentity.core.redact;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Words that say nothing about an account, because AWS, Kubernetes or a well-known controller
/// coined them. They stay whoever uses them for what.
final class PublicWords {
  /// Issuers that are the same for all of their customers.
  static final List<String> HOSTS =
      List.of(
          "token.actions.githubusercontent.com",
          "gitlab.com",
          "app.terraform.io",
          "oidc.circleci.com",
          "agent.buildkite.com",
          "api.bitbucket.org",
          "accounts.google.com",
          "graph.facebook.com",
          "www.amazon.com",
          "cognito-identity.amazonaws.com",
          "signin.aws.amazon.com",
          "registry.k8s.io",
          "public.ecr.aws");

  private static final Set<String> WORDS =
      Set.of(
          """
          arn aws amazon amazonaws amazonwebservices com org net io cn eu gov c2s ic sgov sc2s
          csp hci adc uk api app apps local localhost svc ip http https urn internal compute fips
          af ap ca il me mx sa us iso isob isoe isof eusc de
          north south east west central northeast northwest southeast southwest

          iam sts eks ec2 ecs ecr s3 sqs sns ssm kms rds efs ebs fsx elb lambda dynamodb route53
          secretsmanager cloudwatch cloudtrail cloudformation sso saml oidc cognito pods auth
          servicediscovery elasticloadbalancing autoscaling elasticfilesystem codebuild glue
          sagemaker stack project automation definition

          account accounts role roles user users group groups root policy policies provider cluster clusters addon
          assumed federated instance profile association podidentityassociation nodegroup
          identity table function secret secrets parameter service services reserved
          awsreservedsso awssso aroa aida

          version id statement sid effect allow deny principal notprincipal action notaction
          resource notresource condition canonicaluser true false null on off yes no none all any
          assumerole assumerolewithwebidentity assumerolewithsaml tagsession setsourceidentity
          assumeroleforpodidentity setcontext
          alloweksauthtoassumeroleforpodidentity

          stringequals stringnotequals stringequalsignorecase stringnotequalsignorecase stringlike
          stringnotlike numericequals numericnotequals numericlessthan numericlessthanequals
          numericgreaterthan numericgreaterthanequals dateequals datenotequals datelessthan
          datelessthanequals dategreaterthan dategreaterthanequals bool binaryequals ipaddress
          notipaddress arnequals arnlike arnnotequals arnnotlike stringequalsifexists
          stringlikeifexists stringnotequalsifexists stringnotlikeifexists boolifexists
          arnequalsifexists arnlikeifexists ipaddressifexists foranyvalue forallvalues ifexists

          aud sub amr azp iss oaud email claim request requesttag principaltag resourcetag tagkeys
          sourcearn sourceaccount sourceip sourcevpc sourcevpce sourcevpcarn sourceorgid
          sourceorgpaths sourceidentity principalarn principalaccount principaltype
          principalorgid principalorgpaths principalisawsservice principalservicename
          federatedprovider resourceaccount resourceorgid resourceorgpaths requestedregion
          securetransport tokenissuetime currenttime epochtime useragent referer userid username
          multifactorauthpresent multifactorauthage viaawsservice calledvia vpcsourceip externalid
          rolesessionname transitivetagkeys durationseconds awsservicename passedtoservice
          permissionsboundary policyarn associatedresourcearn

          kubernetes k8s kube system serviceaccount serviceaccounts default public lease
          authenticated unauthenticated anonymous masters bootstrappers nodes node pod namespace
          namespaces metadata name names part of component managed by release uid hash
          template fargate scheduler linux windows os arch architecture region zone topology
          helm meta bootstrapping rbac defaults authorization aggregate view edit admin to

          token tokens tokenrequests tokenreviews create get list watch update patch delete
          deletecollection impersonate bind escalate approve sign use deployments replicasets
          statefulsets daemonsets jobs cronjobs replicationcontrollers batch configmaps events
          deployment replicaset statefulset daemonset job cronjob replicationcontroller
          clusterroles clusterrolebindings rolebindings admissionregistration
          mutatingwebhookconfigurations validatingwebhookconfigurations webhook webhooks mutate

          var run lib etc home tmp audience rolearn session expiration skip containers
          regional legacy global endpoints endpoint uri target agent agents container credentials
          config shared tag tags environment kiam kube2iam irsa

          vpc cni coredns proxy csi driver controller controllers snapshot mountpoint guardduty
          adot observability monitoring monitor metrics server network flow dns external cert
          manager karpenter autoscaler load balancer argocd argo application flux kustomize velero
          workload injector operator eksctl terraform okta
          repo ref refs heads branch branches workflow organization workspace
          phase type path pull

          sdk go java python boto3 botocore ruby rust nodejs dotnet lang md ua

          not in the an and is was read are perform because with error exception access
          denied authorized authorised accessdenied accessdeniedexception based
          allows failed could be reached timed out connection refused for
          """
              .strip()
              .split("\\s+"));

  /// Too short for an id; with a `v` before them they are versions.
  private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9]{1,8}|v[0-9]{1,3}");

  private static final String SERVICE_LINKED = "awsservicerolefor";
  private static final int SHORTEST_MISSPELT = 7;
  private static final int LONGEST_MISSPELT = 40;

  /// Words with one letter left out.
  private static final Set<String> SHORTENED = shortened();

  private PublicWords() {}

  /// Whether a word is public as it stands, or a number too short for an id.
  static boolean contains(String word) {
    return word.length() == 1
        || SHORT_NUMBER.matcher(word).matches()
        || WORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  /// Whether a word stays: it is public, or a misspelt public word, whose fault must show; or it is
  /// a single letter, a version, or a number too short for an id.
  static boolean keeps(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return contains(word) || lower.startsWith(SERVICE_LINKED) || misspelt(lower);
  }

  /// One letter too many, too few, wrong, or out of place.
  private static boolean misspelt(String word) {
    return word.length() >= SHORTEST_MISSPELT - 1
        && word.length() <= LONGEST_MISSPELT
        && (SHORTENED.contains(word)
            || SimilarWords.shortened(word)
                .anyMatch(one -> WORDS.contains(one) || SHORTENED.contains(one)));
  }

  private static Set<String> shortened() {
    Set<String> all = new HashSet<>();
    WORDS.stream()
        .filter(word -> word.length() >= SHORTEST_MISSPELT)
        .forEach(word -> SimilarWords.shortened(word).forEach(all::add));
    return Set.copyOf(all);
  }
}

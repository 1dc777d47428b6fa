package io.github.eksidentity.core.rules.serviceaccount;

import io.github.eksidentity.core.audit.Rule;
import java.util.List;

/// The rules about service accounts and pods, in the order of the catalogue.
public final class ServiceAccountRules {
  /// Every rule of the chapter.
  public static final List<Rule> ALL =
      List.of(
          new AnnotationMalformedArn(),
          new AnnotationWrongKey(),
          new AnnotationRoleMissing(),
          new AnnotationRolePathMissing(),
          new AnnotationTrustDenies(),
          new AnnotationAudienceMismatch(),
          new AnnotationUnused(),
          new AnnotationWithoutEffect(),
          new PodWrongServiceAccount(),
          new PodRoleStale(),
          new PodRoleByHand(),
          new ServiceAccountMissing(),
          new ServiceAccountNotAnnotated(),
          new PodNotInjected(),
          new PodPartialEnvironment(),
          new PodWrongTokenPath(),
          new PodStaticCredentials(),
          new PodSessionNameInvalid(),
          new PodRegionOfOtherPartition(),
          new PodGlobalSts(),
          new PodUnsupportedCompute(),
          new PodProxyHidesAgent(),
          new TokenExpirationInvalid(),
          new WebhookMissing(),
          new TokenMintRbac());

  private ServiceAccountRules() {}
}

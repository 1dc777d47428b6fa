package io.github.eksidentity.core.rules.serviceaccount;

import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Subject;
import java.util.List;
import java.util.Set;

/// Holders of rights that the cluster could not work without, or whose task it is to run or to
/// impersonate what others own.
final class SystemHolders {
  /// Groups that Kubernetes puts people and pods into, whoever they are.
  private static final Set<String> BROAD =
      Set.of("system:authenticated", "system:unauthenticated", "system:anonymous");

  private static final String SERVICE_ACCOUNTS = "system:serviceaccounts";

  /// Controllers that write every kind of object, or make tokens, by design.
  ///
  /// Documented at
  /// <https://github.com/argoproj/argo-cd/blob/master/manifests/cluster-install/application-controller/argocd-application-controller-clusterrole.yaml>,
  /// <https://fluxcd.io/flux/security/>,
  /// <https://github.com/external-secrets/external-secrets/blob/main/deploy/charts/external-secrets/templates/rbac.yaml>
  /// and <https://velero.io/docs/main/rbac/>.
  private static final Set<String> CONTROLLERS =
      Set.of(
          "argocd/argocd-application-controller",
          "argocd/argocd-server",
          "flux-system/kustomize-controller",
          "flux-system/helm-controller",
          "external-secrets/external-secrets",
          "velero/velero",
          "velero/velero-server");

  private SystemHolders() {}

  static boolean contains(Rbac.Holder holder) {
    return switch (holder.kind()) {
      case "ServiceAccount" -> isController(holder.namespace().orElse(""), holder.name());
      case "User" -> isUser(holder.name());
      case "Group" -> isGroup(holder.name());
      default -> false;
    };
  }

  private static boolean isController(String namespace, String name) {
    return namespace.equals("kube-system") || CONTROLLERS.contains(namespace + "/" + name);
  }

  private static boolean isUser(String name) {
    if (name.startsWith(Subject.PREFIX)) {
      List<String> parts = List.of(name.split(":", -1));
      return parts.size() == 4 && isController(parts.get(2), parts.get(3));
    }
    return ofTheSystem(name) && !BROAD.contains(name);
  }

  /// The group of all service accounts of kube-system is a part of the system, that of all service
  /// accounts is not.
  private static boolean isGroup(String name) {
    return name.startsWith(SERVICE_ACCOUNTS)
        ? name.equals(SERVICE_ACCOUNTS + ":kube-system")
        : ofTheSystem(name) && !BROAD.contains(name);
  }

  /// Nobody but Kubernetes and EKS may use these prefixes: access entries refuse them.
  ///
  /// Documented at <https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html>.
  private static boolean ofTheSystem(String name) {
    return name.startsWith("system:") || name.startsWith("eks:");
  }
}

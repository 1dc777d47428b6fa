package io.github.eksidentity.kubernetes;

import io.github.eksidentity.testbed.KubeRight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The manifests of `infra/kubernetes` that let an audit read, and what each is for.
enum Manifest {
  READER("reader.yaml"),
  WEBHOOKS("webhooks.yaml"),
  RBAC("rbac.yaml");

  /// Whom they let read.
  static final String GROUP = "eks-identity-auditor";

  private static final Path FOLDER = Path.of("..", "..", "infra", "kubernetes");

  private final String file;

  Manifest(String file) {
    this.file = file;
  }

  /// What the audit needs for the parts that it is for.
  List<KubeRight> rights() {
    return switch (this) {
      case READER -> list("", "serviceaccounts", "pods");
      case WEBHOOKS -> list("admissionregistration.k8s.io", "mutatingwebhookconfigurations");
      case RBAC ->
          list(
              "rbac.authorization.k8s.io",
              "roles",
              "rolebindings",
              "clusterroles",
              "clusterrolebindings");
    };
  }

  private static List<KubeRight> list(String apiGroup, String... resources) {
    return Stream.of(resources)
        .map(resource -> KubeRight.everywhere("list", apiGroup, resource))
        .toList();
  }

  String file() {
    return file;
  }

  String text() {
    return text(file);
  }

  /// The manifest for `eks-identity probe`, for one service account.
  static String probe(String namespace, String serviceAccount) {
    return text("probe.yaml")
        .replace("my-namespace", namespace)
        .replace("my-service-account", serviceAccount);
  }

  private static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

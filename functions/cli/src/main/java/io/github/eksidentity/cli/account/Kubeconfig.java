package io.github.eksidentity.cli.account;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.kubernetes.AccessException;
import io.github.eksidentity.kubernetes.AccessProvider;
import io.github.eksidentity.kubernetes.Caller;
import io.github.eksidentity.kubernetes.ClusterAccess;
import io.github.eksidentity.kubernetes.ProxyUrl;
import io.github.eksidentity.report.page.Plain;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reaches clusters as the contexts of a kubeconfig file say. No program that the file names is
/// run: where it names the AWS CLI or aws-iam-authenticator, the token is made here, with the
/// credentials of the audit.
///
/// Documented at
/// <https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/>.
final class Kubeconfig implements AccessProvider {
  private static final int LARGEST_PART = 1 << 20;
  private static final JsonLimits LIMITS = new JsonLimits(8 << 20, 20, 500_000, 1 << 20, 100);

  private final String name;
  private final Path file;
  private final Json.Obj root;
  private final Optional<String> onlyContext;
  private final Function<Cluster, Supplier<String>> eksToken;

  private Kubeconfig(
      String name,
      Path file,
      Json.Obj root,
      Optional<String> onlyContext,
      Function<Cluster, Supplier<String>> eksToken) {
    this.name = name;
    this.file = file;
    this.root = root;
    this.onlyContext = onlyContext;
    this.eksToken = eksToken;
  }

  /// Reads the file.
  ///
  /// @param onlyContext the one context to use; empty for all
  /// @param eksToken makes the tokens that the AWS CLI would make
  /// @throws Failure if it cannot be read, is not a kubeconfig, or lacks the context
  static Kubeconfig read(
      Path file,
      String name,
      Optional<String> onlyContext,
      Function<Cluster, Supplier<String>> eksToken) {
    Json tree = YamlText.withoutQuoting(name, Inputs.text(file, name, LIMITS.length()), LIMITS);
    if (!(tree instanceof Json.Obj root) || root.get("contexts").isEmpty()) {
      throw new Failure(name + " is not a kubeconfig: it has no \"contexts\".");
    }
    Kubeconfig config = new Kubeconfig(name, file, root, onlyContext, eksToken);
    onlyContext.ifPresent(
        context -> {
          if (config.named("contexts", "context", context).isEmpty()) {
            throw new Failure(name + " has no context " + Plain.of(context) + ".");
          }
        });
    return config;
  }

  @Override
  public ClusterAccess access(Cluster cluster) throws AccessException {
    for (Json.Obj entry : objects("contexts")) {
      String contextName = JsonPath.text(entry, "name").orElse("");
      Optional<Json.Obj> context = JsonPath.object(entry, "context");
      if (context.isEmpty() || onlyContext.filter(only -> !only.equals(contextName)).isPresent()) {
        continue;
      }
      String clusterName = JsonPath.text(context.get(), "cluster").orElse("");
      Optional<Json.Obj> there = named("clusters", "cluster", clusterName);
      if (there.isPresent() && isFor(there.get(), clusterName, cluster)) {
        return access(cluster, there.get(), JsonPath.text(context.get(), "user").orElse(""));
      }
    }
    throw new AccessException("no context of " + Plain.of(name) + " is for it");
  }

  /// By its address, or by the ARN as `aws eks update-kubeconfig` names it: then the address may be
  /// a tunnel's.
  private static boolean isFor(Json.Obj there, String clusterName, Cluster cluster) {
    if (clusterName.equals(cluster.arn())) {
      return true;
    }
    Optional<String> server = JsonPath.text(there, "server").map(text -> text.replaceAll("/$", ""));
    return cluster
        .endpoint()
        .filter(endpoint -> endpoint.equalsIgnoreCase(server.orElse("")))
        .isPresent();
  }

  private ClusterAccess access(Cluster cluster, Json.Obj there, String userName)
      throws AccessException {
    if (JsonPath.isTrue(there, "insecure-skip-tls-verify")) {
      throw new AccessException("its kubeconfig does not verify its certificate; that is refused");
    }
    Json.Obj user =
        named("users", "user", userName)
            .orElseThrow(() -> new AccessException("its kubeconfig has no such user"));
    URI server;
    try {
      server = URI.create(JsonPath.text(there, "server").orElse(""));
    } catch (IllegalArgumentException _) {
      throw new AccessException("the server in its kubeconfig is not a URL");
    }
    if (!"https".equals(server.getScheme()) || server.getHost() == null) {
      throw new AccessException("the server in its kubeconfig is not an https URL with a host");
    }
    byte[] authority =
        data(there, "certificate-authority")
            .orElseThrow(
                () -> new AccessException("its kubeconfig names no certificate authority"));
    ClusterAccess access =
        ClusterAccess.ofKubeconfig(server, authority, client(user), caller(cluster, user));
    Optional<String> expected =
        JsonPath.text(there, "tls-server-name").filter(name -> !name.isEmpty());
    if (expected.isPresent()) {
      access = access.expecting(expected.get());
    }
    Optional<String> proxy = JsonPath.text(there, "proxy-url").filter(url -> !url.isEmpty());
    return proxy.isPresent() ? access.through(ProxyUrl.of(proxy.get())) : access;
  }

  private Optional<ClusterAccess.Client> client(Json.Obj user) throws AccessException {
    Optional<byte[]> certificate = data(user, "client-certificate");
    Optional<byte[]> key = data(user, "client-key");
    return certificate.flatMap(shown -> key.map(own -> new ClusterAccess.Client(shown, own)));
  }

  /// Of a token and the file of one, the file counts, as for kubectl.
  private Caller caller(Cluster cluster, Json.Obj user) throws AccessException {
    Optional<String> tokenFile = JsonPath.text(user, "tokenFile").filter(name -> !name.isEmpty());
    if (tokenFile.isPresent()) {
      String token = new String(bytes(tokenFile.get()), StandardCharsets.UTF_8).strip();
      return new Caller.OfKubeconfig(() -> token);
    }
    Optional<String> written = JsonPath.text(user, "token").filter(token -> !token.isEmpty());
    if (written.isPresent()) {
      return new Caller.OfKubeconfig(written::get);
    }
    Optional<Json.Obj> exec = JsonPath.object(user, "exec");
    if (exec.isPresent()) {
      String command = JsonPath.text(exec.get(), "command").orElse("");
      String program = command.substring(command.lastIndexOf('/') + 1).replace(".exe", "");
      if (program.equals("aws") || program.equals("aws-iam-authenticator")) {
        return new Caller.OfAws(eksToken.apply(cluster));
      }
      throw new AccessException(
          "its kubeconfig runs " + Plain.of(command) + " for a token, and no program is run here");
    }
    if (data(user, "client-certificate").isPresent()) {
      if (data(user, "client-key").isEmpty()) {
        throw new AccessException("its kubeconfig names a client certificate without its key");
      }
      return new Caller.OfCertificate();
    }
    throw new AccessException("its kubeconfig holds no credentials that are understood here");
  }

  /// Base64 in the file itself, or the content of a file that it names.
  private Optional<byte[]> data(Json.Obj object, String member) throws AccessException {
    Optional<String> inline = JsonPath.text(object, member + "-data");
    if (inline.isPresent()) {
      try {
        return Optional.of(Base64.getMimeDecoder().decode(inline.get()));
      } catch (IllegalArgumentException _) {
        throw new AccessException(member + "-data in its kubeconfig is not base64");
      }
    }
    Optional<String> file = JsonPath.text(object, member);
    return file.isPresent() ? Optional.of(bytes(file.get())) : Optional.empty();
  }

  private byte[] bytes(String named) throws AccessException {
    try {
      return Inputs.bytes(file.resolveSibling(named), LARGEST_PART);
    } catch (IOException | RuntimeException _) {
      throw new AccessException(
          "a file that its kubeconfig names cannot be read: " + Plain.of(named));
    }
  }

  private Optional<Json.Obj> named(String list, String member, String wanted) {
    return objects(list).stream()
        .filter(entry -> JsonPath.text(entry, "name").filter(wanted::equals).isPresent())
        .findFirst()
        .flatMap(entry -> JsonPath.object(entry, member));
  }

  private List<Json.Obj> objects(String list) {
    return JsonPath.items(root, list).stream()
        .flatMap(item -> JsonPath.object(item).stream())
        .toList();
  }
}

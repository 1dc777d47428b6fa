package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Kubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A real `kube-apiserver` with an `etcd` of its own on free ports of the loopback interface:
/// Kubernetes' API as clusters serve it, without nodes and controllers. It knows one caller of each
/// group that it was started with.
public final class KubeApiServer implements AutoCloseable {
  private static final String ETCD = "etcd";
  private static final String SERVER = "kube-apiserver";
  private static final String ADMINISTRATORS = "system:masters";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /// What to say where it is not installed.
  public static final String MISSING =
      SERVER + " and " + ETCD + " are not both on the PATH (.ci/kube-apiserver builds both)";

  private final Path folder;
  private final TestCertificate certificate = TestCertificate.shared();
  private final KeyPair serviceAccountKey;
  private final Map<String, String> tokens = new HashMap<>();
  private final List<Process> processes = new ArrayList<>();
  private final URI endpoint;
  private final URI store;
  private final KubeAdministrator administrator;

  private KubeApiServer(Path folder, List<String> groups)
      throws IOException, GeneralSecurityException {
    this.folder = folder;
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    serviceAccountKey = keys.generateKeyPair();
    tokens.put(ADMINISTRATORS, UUID.randomUUID().toString());
    groups.forEach(group -> tokens.put(group, UUID.randomUUID().toString()));
    endpoint = URI.create("https://127.0.0.1:" + Programs.freePort());
    store = URI.create("http://127.0.0.1:" + Programs.freePort());
    administrator =
        new KubeAdministrator(endpoint, store, certificate.context(), token(ADMINISTRATORS));
  }

  /// Whether it can be started here.
  public static boolean isInstalled() {
    return Programs.onPath(ETCD) && Programs.onPath(SERVER);
  }

  /// Starts it and waits until it is ready.
  ///
  /// @param issuer of the tokens of service accounts, without `https://`
  /// @param groups each has one caller
  public static KubeApiServer start(String issuer, List<String> groups) {
    try {
      KubeApiServer server = new KubeApiServer(Files.createTempDirectory(SERVER), groups);
      try {
        server.run(issuer);
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(String issuer) throws IOException {
    launch(
        ETCD,
        "--data-dir=" + folder.resolve("data"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + store,
        "--advertise-client-urls=" + store,
        "--listen-peer-urls=http://127.0.0.1:" + Programs.freePort());
    Path serviceAccounts =
        file(
            "service-accounts.key",
            TestCertificate.pem("PRIVATE KEY", serviceAccountKey.getPrivate().getEncoded()));
    launch(
        SERVER,
        "--etcd-servers=" + store,
        "--bind-address=" + endpoint.getHost(),
        "--secure-port=" + endpoint.getPort(),
        "--tls-cert-file=" + file("tls.crt", certificate.pem()),
        "--tls-private-key-file=" + file("tls.key", certificate.pemKey()),
        "--token-auth-file=" + callers(),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://" + issuer,
        "--service-account-signing-key-file=" + serviceAccounts,
        "--service-account-key-file=" + serviceAccounts,
        "--api-audiences=https://kubernetes.default.svc",
        "--service-cluster-ip-range=10.100.0.0/16",
        // what is cached there is served for some time after etcd forgot it
        "--watch-cache-sizes=serviceaccounts#0",
        // it would give pods a token volume that their facts do not have
        "--disable-admission-plugins=ServiceAccount");
    await(administrator::ready, "is not ready");
  }

  private void launch(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    processes.add(
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(program).toFile())
            .start());
  }

  private Path log(String program) {
    return folder.resolve(program + ".log");
  }

  private Path file(String name, byte[] text) throws IOException {
    return Files.write(folder.resolve(name), text);
  }

  private Path callers() throws IOException {
    List<String> lines =
        tokens.entrySet().stream()
            .map(
                entry ->
                    "%2$s,one of %1$s,%1$s,\"%1$s\"".formatted(entry.getKey(), entry.getValue()))
            .toList();
    return Files.write(folder.resolve("callers.csv"), lines);
  }

  /// Looks again and again until it is so, or a process has ended.
  private void await(BooleanSupplier condition, String otherwise) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (anyEnds(BETWEEN_LOOKS) || System.nanoTime() > end) {
        throw new IllegalStateException(SERVER + " " + otherwise + logs());
      }
    }
  }

  private boolean anyEnds(Duration within) {
    try {
      return processes.getLast().waitFor(within.toNanos(), TimeUnit.NANOSECONDS)
          || processes.stream().anyMatch(process -> !process.isAlive());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String logs() {
    return Stream.of(ETCD, SERVER)
        .map(program -> "\n" + program + " says:\n" + end(log(program)))
        .reduce("", String::concat);
  }

  private static String end(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// The address of its API.
  public URI endpoint() {
    return endpoint;
  }

  /// The PEM certificate that its clients trust.
  public byte[] authority() {
    return certificate.pem();
  }

  /// What checks the tokens of its service accounts.
  public PublicKey verificationKey() {
    return serviceAccountKey.getPublic();
  }

  /// The bearer token of the caller in a group.
  public String token(String group) {
    return Optional.ofNullable(tokens.get(group)).orElseThrow();
  }

  /// Makes the namespaces and objects of a cluster, as far as an API server keeps them: creation
  /// times are its own, and roles that Kubernetes itself makes are there already.
  public void load(Kubernetes facts) {
    administrator.load(facts);
  }

  /// Does what `kubectl apply` does with a manifest of this project.
  public void apply(String manifest) {
    ApiObject.ofManifest(manifest).forEach(administrator::apply);
  }

  /// Does what `kubectl delete` does.
  public void delete(String manifest) {
    ApiObject.ofManifest(manifest).forEach(administrator::delete);
  }

  /// Whether the members of a group have a right.
  public boolean allows(String group, KubeRight right) {
    return administrator.allows(group, right);
  }

  /// Waits until a change of roles has come to the authorizer, which hears of them a little later.
  public void awaitRight(String group, KubeRight right, boolean allowed) {
    await(
        () -> allows(group, right) == allowed,
        "still " + (allowed ? "refuses " : "allows ") + group + " this: " + right);
  }

  /// Lets the next pages of lists of service accounts that were begun expire, as time does.
  public void forgetHistory() {
    administrator.compact();
  }

  @Override
  public void close() {
    processes.reversed().forEach(Process::destroyForcibly);
    administrator.close();
    try {
      for (Process process : processes) {
        process.waitFor();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

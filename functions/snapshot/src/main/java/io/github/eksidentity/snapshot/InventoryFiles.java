package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.answers.TrailRecord;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The answers of AWS that make up a sorted inventory. A scope has its file where something of it
/// was read, even if that was nothing.
final class InventoryFiles {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9-]+");
  private static final int LONGEST_NAME = 100;

  private final Inventory inventory;
  private final Map<String, byte[]> files = new TreeMap<>();

  InventoryFiles(Inventory inventory) {
    this.inventory = inventory;
  }

  Map<String, byte[]> files() {
    account();
    quotas();
    if (isRead(Scope.account(Kind.IAM), inventory.roles())) {
      files.put(AuthorizationDetails.FILE, JsonOut.object(this::authorizationDetails));
    }
    if (isRead(Scope.account(Kind.OIDC), inventory.providers())) {
      providers();
    }
    if (isRead(Scope.account(Kind.REGIONS), List.of())) {
      files.put("regions.json", JsonOut.object(this::regions));
    }
    new ClusterFiles(inventory, files).write();
    trail();
    files.putAll(SimulationFiles.write(inventory.simulations(), inventory.roles()));
    return files;
  }

  private void trail() {
    TreeMap<String, List<AssumeCall>> byRegion = new TreeMap<>();
    for (Scope scope : inventory.coverage().keySet()) {
      if (scope.kind() == Kind.TRAIL && isRead(scope, List.of())) {
        byRegion.put(scope.region().orElseThrow(), new ArrayList<>());
      }
    }
    for (AssumeCall call : inventory.calls()) {
      byRegion.computeIfAbsent(call.region(), _ -> new ArrayList<>()).add(call);
    }
    byRegion.forEach(
        (region, calls) ->
            files.put(
                TrailFiles.FOLDER + FileNames.part(region) + ".json",
                JsonOut.object(
                    out ->
                        out.list(
                            "Events",
                            calls,
                            (event, call) ->
                                event
                                    .text("EventId", call.id())
                                    .text("EventName", TrailRecord.EVENT_NAME)
                                    .text("EventTime", call.time().toString())
                                    .text("CloudTrailEvent", TrailRecord.write(call))))));
  }

  private boolean isRead(Scope scope, Collection<?> found) {
    return isRead(inventory, scope, found);
  }

  static boolean isRead(Inventory inventory, Scope scope, Collection<?> found) {
    return switch (inventory.coverageOf(scope)) {
      case Coverage.Complete _, Coverage.Partial _ -> true;
      case Coverage.Failed _, Coverage.Skipped _ -> !found.isEmpty();
    };
  }

  private void account() {
    String id = inventory.account().id();
    String arn = "arn:" + inventory.account().partition().id() + ":iam::" + id + ":root";
    files.put(
        "account.json",
        JsonOut.object(out -> out.text("UserId", id).text("Account", id).text("Arn", arn)));
  }

  private void quotas() {
    Quotas quotas = inventory.quotas();
    if (quotas.trustPolicySize().isPresent()) {
      int size = quotas.trustPolicySize().getAsInt();
      files.put(
          SnapshotReader.SUMMARY,
          JsonOut.object(
              out ->
                  out.object("SummaryMap", map -> map.number("AssumeRolePolicySizeQuota", size))));
    }
    if (quotas.providers().isPresent()) {
      int value = quotas.providers().getAsInt();
      files.put(
          SnapshotReader.SERVICE_QUOTAS,
          JsonOut.object(
              out ->
                  out.list(
                      "Quotas",
                      List.of(value),
                      (quota, limit) ->
                          quota
                              .text("ServiceCode", "iam")
                              .text("QuotaName", "OpenId connect providers per account")
                              .text("QuotaCode", SnapshotReader.PROVIDERS_QUOTA)
                              .number("Value", limit))));
    }
  }

  private void regions(JsonOut out) throws IOException {
    out.list(
        "Regions",
        inventory.regions(),
        (region, name) -> region.text("RegionName", name).text("RegionOptStatus", "ENABLED"));
  }

  private void authorizationDetails(JsonOut out) throws IOException {
    out.list("RoleDetailList", inventory.roles(), InventoryFiles::role);
    if (inventory.coverageOf(Scope.account(Kind.IAM_POLICIES)) instanceof Coverage.Skipped
        && inventory.managedPolicies().isEmpty()) {
      return;
    }
    out.list(
        "Policies", new TreeMap<>(inventory.managedPolicies()).values(), InventoryFiles::managed);
  }

  private static void role(JsonOut out, Role role) throws IOException {
    out.text("Path", role.path()).text("RoleName", role.name());
    if (!role.id().isEmpty()) {
      out.text("RoleId", role.id());
    }
    out.text("Arn", role.arn())
        .text("CreateDate", role.created().map(Object::toString))
        .document("AssumeRolePolicyDocument", role.trustDocument())
        .list(
            "InstanceProfileList",
            role.instanceProfiles(),
            (profile, name) -> profile.text("InstanceProfileName", name))
        .list(
            "RolePolicyList",
            role.inlinePolicies(),
            (policy, inline) ->
                policy
                    .text("PolicyName", inline.name())
                    .document("PolicyDocument", inline.document()))
        .list(
            "AttachedManagedPolicies",
            role.attachedPolicies(),
            (policy, arn) -> policy.text("PolicyName", policyName(arn)).text("PolicyArn", arn));
    if (role.permissionsBoundary().isPresent()) {
      String boundary = role.permissionsBoundary().get();
      out.object(
          "PermissionsBoundary",
          body ->
              body.text("PermissionsBoundaryType", "Policy")
                  .text("PermissionsBoundaryArn", boundary));
    }
    out.tagList(role.tags());
    switch (role.lastUsed()) {
      case LastUsed.NotRead() -> {}
      case LastUsed.Never() -> out.object("RoleLastUsed", _ -> {});
      case LastUsed.At(var time) ->
          out.object("RoleLastUsed", used -> used.text("LastUsedDate", time.toString()));
    }
  }

  private static void managed(JsonOut out, PolicyDocument policy) throws IOException {
    out.text("PolicyName", policyName(policy.name()))
        .text("Arn", policy.name())
        .text("DefaultVersionId", "v1")
        .list(
            "PolicyVersionList",
            List.of(policy.document()),
            (version, document) ->
                version
                    .document("Document", document)
                    .text("VersionId", "v1")
                    .flag("IsDefaultVersion", true));
  }

  private static String policyName(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private void providers() {
    files.put(
        Providers.LIST,
        JsonOut.object(
            out ->
                out.list(
                    "OpenIDConnectProviderList",
                    inventory.providers(),
                    (item, provider) -> item.text("Arn", provider.arn()))));
    for (OidcProvider provider : inventory.providers()) {
      String stem = UNSAFE.matcher(provider.url()).replaceAll("_");
      String name = stem.substring(0, Math.min(stem.length(), LONGEST_NAME));
      String file = Providers.FOLDER + name + ".json";
      for (int i = 2; files.containsKey(file); i++) {
        file = Providers.FOLDER + name + "-" + i + ".json";
      }
      files.put(file, JsonOut.object(out -> provider(out, provider)));
    }
  }

  private static void provider(JsonOut out, OidcProvider provider) throws IOException {
    String resource = Arn.parse(provider.arn()).map(Arn::resource).orElse("");
    if (!resource.equals("oidc-provider/" + provider.url())) {
      out.text("Arn", provider.arn());
    }
    out.text("Url", provider.url())
        .texts("ClientIDList", provider.clientIds())
        .texts("ThumbprintList", provider.thumbprints())
        .text("CreateDate", provider.created().map(Object::toString))
        .tagList(provider.tags());
  }
}

package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.answers.TrailRecord;
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
import io.github.eksidentity.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      files.put(AuthorizationDetails.FILE, AwsCliJson.object(this::authorizationDetails));
    }
    if (isRead(Scope.account(Kind.OIDC), inventory.providers())) {
      providers();
    }
    if (isRead(Scope.account(Kind.REGIONS), List.of())) {
      files.put("regions.json", AwsCliJson.object(this::regions));
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
                AwsCliJson.object(
                    out ->
                        out.objects(
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
        AwsCliJson.object(out -> out.text("UserId", id).text("Account", id).text("Arn", arn)));
  }

  private void quotas() {
    Quotas quotas = inventory.quotas();
    if (quotas.trustPolicySize().isPresent()) {
      int size = quotas.trustPolicySize().getAsInt();
      files.put(
          SnapshotReader.SUMMARY,
          AwsCliJson.object(
              out ->
                  out.object("SummaryMap", map -> map.number("AssumeRolePolicySizeQuota", size))));
    }
    if (quotas.providers().isPresent()) {
      int value = quotas.providers().getAsInt();
      files.put(
          SnapshotReader.SERVICE_QUOTAS,
          AwsCliJson.object(
              out ->
                  out.objects(
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

  private void regions(JsonWriter out) {
    out.objects(
        "Regions",
        inventory.regions(),
        (region, name) -> region.text("RegionName", name).text("RegionOptStatus", "ENABLED"));
  }

  private void authorizationDetails(JsonWriter out) {
    out.objects("RoleDetailList", inventory.roles(), InventoryFiles::role);
    if (inventory.coverageOf(Scope.account(Kind.IAM_POLICIES)) instanceof Coverage.Skipped
        && inventory.managedPolicies().isEmpty()) {
      return;
    }
    out.objects(
        "Policies", new TreeMap<>(inventory.managedPolicies()).values(), InventoryFiles::managed);
  }

  private static void role(JsonWriter out, Role role) {
    out.text("Path", role.path()).text("RoleName", role.name());
    if (!role.id().isEmpty()) {
      out.text("RoleId", role.id());
    }
    out.text("Arn", role.arn()).text("CreateDate", role.created().map(Object::toString));
    AwsCliJson.document(out, "AssumeRolePolicyDocument", role.trustDocument())
        .objects(
            "InstanceProfileList",
            role.instanceProfiles(),
            (profile, name) -> profile.text("InstanceProfileName", name))
        .objects(
            "RolePolicyList",
            role.inlinePolicies(),
            (policy, inline) ->
                AwsCliJson.document(
                    policy.text("PolicyName", inline.name()), "PolicyDocument", inline.document()))
        .objects(
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
    AwsCliJson.tagList(out, role.tags());
    switch (role.lastUsed()) {
      case LastUsed.NotRead() -> {}
      case LastUsed.Never() -> out.object("RoleLastUsed", _ -> {});
      case LastUsed.At(var time) ->
          out.object("RoleLastUsed", used -> used.text("LastUsedDate", time.toString()));
    }
  }

  private static void managed(JsonWriter out, PolicyDocument policy) {
    out.text("PolicyName", policyName(policy.name()))
        .text("Arn", policy.name())
        .text("DefaultVersionId", "v1")
        .objects(
            "PolicyVersionList",
            List.of(policy.document()),
            (version, document) ->
                AwsCliJson.document(version, "Document", document)
                    .text("VersionId", "v1")
                    .flag("IsDefaultVersion", true));
  }

  private static String policyName(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private void providers() {
    files.put(
        Providers.LIST,
        AwsCliJson.object(
            out ->
                out.objects(
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
      files.put(file, AwsCliJson.object(out -> provider(out, provider)));
    }
  }

  private static void provider(JsonWriter out, OidcProvider provider) {
    if (!OidcProvider.issuerOf(provider.arn()).equals(Optional.of(provider.url()))) {
      out.text("Arn", provider.arn());
    }
    out.text("Url", provider.url())
        .texts("ClientIDList", provider.clientIds())
        .texts("ThumbprintList", provider.thumbprints())
        .text("CreateDate", provider.created().map(Object::toString));
    AwsCliJson.tagList(out, provider.tags());
  }
}

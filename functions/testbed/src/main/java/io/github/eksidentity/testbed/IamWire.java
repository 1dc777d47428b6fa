package io.github.eksidentity.testbed;

import io.github.eksidentity.core.answers.PercentEncoding;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Simulation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// IAM's query protocol. Bodies are put together from parts that are rendered once.
final class IamWire {
  /// One role or managed policy of GetAccountAuthorizationDetails.
  private record Detail(boolean isRole, String xml) {}

  private final int pageSize;
  private final List<Detail> details;
  private final List<String> listedRoles;
  private final Map<String, byte[]> roles;
  private final byte[] providerList;
  private final Map<String, byte[]> providers;
  private final byte[] summary;
  private final Simulator simulator;

  IamWire(Inventory inventory, int pageSize) {
    this.pageSize = pageSize;
    details =
        Stream.concat(
                inventory.roles().stream().map(role -> new Detail(true, detail(role))),
                new TreeMap<>(inventory.managedPolicies())
                    .values().stream().map(policy -> new Detail(false, managed(policy))))
            .toList();
    listedRoles = inventory.roles().stream().map(role -> member(listed(role))).toList();
    roles = inventory.roles().stream().collect(Collectors.toMap(Role::name, IamWire::getRole));
    providerList = providerList(inventory.providers());
    providers =
        inventory.providers().stream()
            .collect(Collectors.toMap(OidcProvider::arn, IamWire::provider));
    summary = summary(inventory);
    simulator = new Simulator(inventory);
  }

  /// @param repeat whether a list is to repeat its token
  Reply answer(WireRequest request, boolean repeat) {
    String action = request.parameter("Action");
    return switch (action) {
      case "GetAccountAuthorizationDetails" ->
          Reply.xml(paged(request, details, repeat, IamWire::detailLists));
      case "ListRoles" -> Reply.xml(paged(request, listedRoles, repeat, IamWire::roleList));
      case "GetRole" -> found(roles, request.parameter("RoleName"));
      case "SimulatePrincipalPolicy" ->
          simulator
              .answers(request)
              .map(all -> Reply.xml(paged(request, all, repeat, IamWire::evaluations)))
              .orElseGet(() -> missing(request.parameter("PolicySourceArn")));
      case "GetAccountSummary" -> Reply.xml(summary);
      case "ListOpenIDConnectProviders" -> Reply.xml(providerList);
      case "GetOpenIDConnectProvider" ->
          found(providers, request.parameter("OpenIDConnectProviderArn"));
      default -> Reply.error("iam", 400, "InvalidAction", "no such action: " + action);
    };
  }

  private static Reply found(Map<String, byte[]> bodies, String key) {
    return Optional.ofNullable(bodies.get(key)).map(Reply::xml).orElseGet(() -> missing(key));
  }

  private static Reply missing(String key) {
    return Reply.error("iam", 404, "NoSuchEntity", key + " cannot be found.");
  }

  private static String evaluations(List<Simulation> page) {
    return list("EvaluationResults", page, IamWire::evaluation);
  }

  private static Xml evaluation(Simulation answer) {
    return new Xml()
        .leaf("EvalActionName", answer.question().action())
        .leaf("EvalResourceName", answer.question().resource())
        .leaf("EvalDecision", answer.decision().id())
        .raw("<MatchedStatements/>")
        .raw(texts("MissingContextValues", List.copyOf(answer.missingContext())))
        .open("OrganizationsDecisionDetail")
        .leaf("AllowedByOrganizations", allowedBy(answer, Simulation.Limit.ORGANIZATION))
        .close("OrganizationsDecisionDetail")
        .open("PermissionsBoundaryDecisionDetail")
        .leaf("AllowedByPermissionsBoundary", allowedBy(answer, Simulation.Limit.BOUNDARY))
        .close("PermissionsBoundaryDecisionDetail");
  }

  private static String allowedBy(Simulation answer, Simulation.Limit limit) {
    return Boolean.toString(!answer.limits().contains(limit));
  }

  private <T> byte[] paged(
      WireRequest request, List<T> all, boolean repeat, Function<List<T>, String> render) {
    int size = Math.min(pageSize, request.limit("MaxItems"));
    ListPage<T> page =
        repeat ? ListPage.repeated(all, size) : ListPage.of(all, request.token("Marker"), size);
    Xml result =
        new Xml()
            .leaf("IsTruncated", Boolean.toString(page.next().isPresent()))
            .raw(render.apply(page.items()))
            .leaf("Marker", page.next());
    return Xml.answer(request.parameter("Action"), result);
  }

  private static String detailLists(List<Detail> page) {
    return new Xml()
        .raw("<UserDetailList/><GroupDetailList/>")
        .open("RoleDetailList")
        .raw(details(page, true))
        .close("RoleDetailList")
        .open("Policies")
        .raw(details(page, false))
        .close("Policies")
        .toString();
  }

  private static String details(List<Detail> page, boolean roles) {
    return page.stream()
        .filter(detail -> detail.isRole() == roles)
        .map(Detail::xml)
        .collect(Collectors.joining());
  }

  private static String roleList(List<String> page) {
    return new Xml().open("Roles").raw(String.join("", page)).close("Roles").toString();
  }

  private static String member(Xml content) {
    return new Xml().open("member").raw(content.toString()).close("member").toString();
  }

  private static String detail(Role role) {
    Xml xml = listed(role);
    xml.raw(list("RolePolicyList", role.inlinePolicies(), IamWire::inline));
    xml.raw(list("AttachedManagedPolicies", role.attachedPolicies(), IamWire::attached));
    xml.raw(list("InstanceProfileList", role.instanceProfiles(), name -> profile(role, name)));
    return member(xml.raw(known(role)));
  }

  private static byte[] getRole(Role role) {
    Xml xml = new Xml().open("Role").raw(listed(role).raw(known(role)).toString()).close("Role");
    return Xml.answer("GetRole", xml);
  }

  /// What ListRoles tells of a role.
  private static Xml listed(Role role) {
    return new Xml()
        .leaf("Path", role.path())
        .leaf("RoleName", role.name())
        .leaf("RoleId", role.id())
        .leaf("Arn", role.arn())
        .leaf("CreateDate", role.created().map(Instant::toString))
        .leaf("AssumeRolePolicyDocument", PercentEncoding.encode(role.trustDocument()));
  }

  /// What the list does not tell.
  private static String known(Role role) {
    Xml xml = new Xml();
    role.permissionsBoundary()
        .ifPresent(
            arn ->
                xml.open("PermissionsBoundary")
                    .leaf("PermissionsBoundaryType", "PermissionsBoundaryPolicy")
                    .leaf("PermissionsBoundaryArn", arn)
                    .close("PermissionsBoundary"));
    xml.raw(tags(role.tags()));
    switch (role.lastUsed()) {
      case LastUsed.Never() -> xml.raw("<RoleLastUsed/>");
      case LastUsed.NotRead() -> {}
      case LastUsed.At(Instant time) ->
          xml.open("RoleLastUsed")
              .leaf("LastUsedDate", time.toString())
              .leaf("Region", "us-east-1")
              .close("RoleLastUsed");
    }
    return xml.toString();
  }

  private static Xml inline(PolicyDocument policy) {
    return new Xml()
        .leaf("PolicyName", policy.name())
        .leaf("PolicyDocument", PercentEncoding.encode(policy.document()));
  }

  private static Xml attached(String arn) {
    return new Xml().leaf("PolicyName", lastSegment(arn)).leaf("PolicyArn", arn);
  }

  private static Xml profile(Role role, String name) {
    String prefix = role.arn().substring(0, role.arn().indexOf(":role/"));
    return new Xml()
        .leaf("InstanceProfileName", name)
        .leaf("Path", "/")
        .leaf("InstanceProfileId", "AIPA")
        .leaf("Arn", prefix + ":instance-profile/" + name)
        .raw("<Roles/>");
  }

  private static String managed(PolicyDocument policy) {
    Xml version =
        new Xml()
            .leaf("Document", PercentEncoding.encode(policy.document()))
            .leaf("VersionId", "v2")
            .leaf("IsDefaultVersion", "true");
    Xml earlier =
        new Xml()
            .leaf("Document", PercentEncoding.encode("{}"))
            .leaf("VersionId", "v1")
            .leaf("IsDefaultVersion", "false");
    return member(
        new Xml()
            .leaf("PolicyName", lastSegment(policy.name()))
            .leaf("PolicyId", "ANPA")
            .leaf("Arn", policy.name())
            .leaf("Path", "/")
            .leaf("DefaultVersionId", "v2")
            .raw(list("PolicyVersionList", List.of(earlier, version), Function.identity())));
  }

  private static byte[] providerList(List<OidcProvider> providers) {
    return Xml.answer(
        "ListOpenIDConnectProviders",
        new Xml()
            .raw(
                list(
                    "OpenIDConnectProviderList",
                    providers,
                    provider -> new Xml().leaf("Arn", provider.arn()))));
  }

  private static byte[] provider(OidcProvider provider) {
    return Xml.answer(
        "GetOpenIDConnectProvider",
        new Xml()
            .leaf("Url", provider.url())
            .raw(texts("ClientIDList", provider.clientIds()))
            .raw(texts("ThumbprintList", provider.thumbprints()))
            .leaf("CreateDate", provider.created().map(Instant::toString))
            .raw(tags(provider.tags())));
  }

  private static byte[] summary(Inventory inventory) {
    Xml map = new Xml().open("SummaryMap");
    entry(map, "Roles", inventory.roles().size());
    entry(map, "Providers", inventory.providers().size());
    inventory
        .quotas()
        .trustPolicySize()
        .ifPresent(size -> entry(map, "AssumeRolePolicySizeQuota", size));
    return Xml.answer("GetAccountSummary", map.close("SummaryMap"));
  }

  private static void entry(Xml map, String key, int value) {
    map.open("entry").leaf("key", key).leaf("value", Integer.toString(value)).close("entry");
  }

  private static String tags(Map<String, String> tags) {
    return list(
        "Tags",
        List.copyOf(new TreeMap<>(tags).entrySet()),
        tag -> new Xml().leaf("Key", tag.getKey()).leaf("Value", tag.getValue()));
  }

  private static String texts(String element, List<String> values) {
    Xml xml = new Xml().open(element);
    values.forEach(value -> xml.leaf("member", value));
    return xml.close(element).toString();
  }

  private static <T> String list(String element, List<T> items, Function<T, Xml> render) {
    Xml xml = new Xml().open(element);
    items.forEach(item -> xml.raw(member(render.apply(item))));
    return xml.close(element).toString();
  }

  private static String lastSegment(String arn) {
    String resource = Arn.parse(arn).map(Arn::resource).orElse(arn);
    return resource.substring(resource.lastIndexOf('/') + 1);
  }
}

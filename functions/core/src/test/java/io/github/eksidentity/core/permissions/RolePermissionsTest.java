package io.github.eksidentity.core.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RolePermissionsTest {
  private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
  private static final String OWN = "arn:aws:iam::111122223333:policy/own";
  private static final String ROLE = "arn:aws:iam::111122223333:role/any";

  @Test
  void allowsWhatAStatementCovers() {
    RolePermissions read = inline(allow("s3:Get*", "arn:aws:s3:::reports/*"));
    assertAllowed(read.on("s3:getobject", "arn:aws:s3:::reports/2026"));
    assertNotAllowed(read.on("s3:PutObject", "arn:aws:s3:::reports/2026"));
    assertNotAllowed(read.on("s3:GetObject", "arn:aws:s3:::Reports/2026"));
  }

  @Test
  void namesPolicyAndStatement() {
    Permission.Allowed allowed =
        assertInstanceOf(
            Permission.Allowed.class,
            inline(allow("s3:*", "*") + ", " + allow("iam:PassRole", "*"))
                .on("iam:PassRole", ROLE));
    assertEquals("p0", allowed.by().policy());
    assertEquals(1, allowed.by().statement().index());
  }

  @Test
  void coversAllButWhatNotActionAndNotResourceName() {
    RolePermissions power =
        inline("{\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}");
    assertAllowed(power.on("s3:GetObject", "*"));
    assertNotAllowed(power.on("IAM:PassRole", ROLE));
    RolePermissions elsewhere =
        inline(
            "{\"Effect\": \"Allow\", \"Action\": \"*\", \"NotResource\": \"%s\"}".formatted(ROLE));
    assertNotAllowed(elsewhere.on("iam:PassRole", ROLE));
    assertAllowed(elsewhere.on("iam:PassRole", ROLE + "-other"));
  }

  @Test
  void allowsSomewhereWhatAnyResourceOrConditionLetsThrough() {
    RolePermissions zone = inline(allow("route53:*", "arn:aws:route53:::hostedzone/Z1"));
    assertAllowed(zone.onAnything("route53:ChangeResourceRecordSets"));
    assertNotAllowed(zone.onAnything("route53domains:ListDomains"));
    RolePermissions tagged =
        inline(
            "{\"Effect\": \"Allow\", \"Action\": \"ec2:*\", \"Resource\": \"*\","
                + " \"Condition\": {\"StringEquals\": {\"aws:ResourceTag/a\": \"b\"}}}");
    assertAllowed(tagged.onAnything("ec2:RunInstances"));
    RolePermissions denied =
        inline(
            allow("s3:*", "*"),
            "{\"Effect\": \"Deny\", \"Action\": \"s3:Put*\", \"Resource\": \"*\"}");
    assertNotAllowed(denied.onAnything("s3:PutObject"));
    RolePermissions spared =
        inline(
            allow("s3:*", "*"),
            "{\"Effect\": \"Deny\", \"Action\": \"s3:Put*\", \"Resource\":"
                + " \"arn:aws:s3:::other/*\"}");
    assertAllowed(spared.onAnything("s3:PutObject"));
  }

  @Test
  void letsDenyWin() {
    RolePermissions denied =
        inline(
            allow("*", "*"), "{\"Effect\": \"Deny\", \"Action\": \"iam:*\", \"Resource\": \"*\"}");
    assertNotAllowed(denied.on("iam:PassRole", ROLE));
    assertAllowed(denied.on("s3:GetObject", "*"));
  }

  @Test
  void leavesOpenWhatHangsOnConditionsAndVariables() {
    String condition = ", \"Condition\": {\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}}}";
    String conditional = allow("iam:PassRole", "*").replaceAll("}$", condition);
    assertUndetermined(inline(conditional).on("iam:PassRole", ROLE));
    assertNotAllowed(inline(conditional).on("iam:GetRole", ROLE));
    assertUndetermined(
        inline(allow("*", "*"), conditional.replace("Allow", "Deny")).on("iam:PassRole", ROLE));
    assertUndetermined(
        inline(allow("iam:PassRole", "arn:aws:iam::111122223333:role/${aws:PrincipalTag/team}"))
            .on("iam:PassRole", ROLE));
    assertNotAllowed(
        inline(allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}"))
            .on("s3:GetObject", "arn:aws:s3:::other/x"));
  }

  @Test
  void ignoresConditionalAllowOnRequest() {
    RolePermissions scoped =
        inline(
            allow("iam:PassRole", "*")
                .replaceAll(
                    "}$",
                    ", \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"x\"}}}"));
    assertNotAllowed(scoped.ignoring(PermissionStatement::conditional).on("iam:PassRole", ROLE));
  }

  @Test
  void staysWithinTheBoundary() {
    String s3 = policy(allow("s3:*", "*"));
    RolePermissions bounded = of(List.of(policy(allow("*", "*"))), List.of(), OWN, Map.of(OWN, s3));
    assertAllowed(bounded.on("s3:GetObject", "*"));
    assertNotAllowed(bounded.on("iam:PassRole", ROLE));
    RolePermissions unread = of(List.of(policy(allow("*", "*"))), List.of(), OWN, Map.of());
    assertUndetermined(unread.on("s3:GetObject", "*"));
    RolePermissions whole =
        of(List.of(policy(allow("*", "*"))), List.of(), ADMINISTRATOR, Map.of());
    assertAllowed(whole.on("iam:PassRole", ROLE));
  }

  @Test
  void readsManagedPoliciesAndKnowsSomeByName() {
    RolePermissions own =
        of(List.of(), List.of(OWN), null, Map.of(OWN, policy(allow("s3:*", "*"))));
    assertAllowed(own.on("s3:GetObject", "*"));
    assertAllowed(of(List.of(), List.of(ADMINISTRATOR), null, Map.of()).on("iam:PassRole", ROLE));
    RolePermissions node =
        of(
            List.of(),
            List.of("arn:aws-cn:iam::aws:policy/AmazonEKSWorkerNodePolicy"),
            null,
            Map.of());
    assertAllowed(node.on("eks-auth:AssumeRoleForPodIdentity", "*"));
    assertUndetermined(node.on("ec2:DescribeInstances", "*"));
  }

  @Test
  void leavesOpenWhatAnUnreadPolicyMayAllow() {
    RolePermissions unread = of(List.of(), List.of(OWN), null, Map.of());
    assertEquals(List.of(OWN), unread.unread());
    assertUndetermined(unread.on("s3:GetObject", "*"));
    assertTrue(inline("not json").on("s3:GetObject", "*") instanceof Permission.Undetermined);
    assertUndetermined(inline("{\"Effect\": \"allow\"}").on("s3:GetObject", "*"));
  }

  private static RolePermissions inline(String... statements) {
    List<String> documents = new ArrayList<>();
    for (String statement : statements) {
      documents.add(policy(statement));
    }
    return of(documents, List.of(), null, Map.of());
  }

  private static RolePermissions of(
      List<String> inline,
      List<String> attached,
      @org.jspecify.annotations.Nullable String boundary,
      Map<String, String> managed) {
    List<PolicyDocument> documents = new ArrayList<>();
    for (int i = 0; i < inline.size(); i++) {
      documents.add(new PolicyDocument("p" + i, inline.get(i)));
    }
    Map<String, PolicyDocument> read = new java.util.HashMap<>();
    managed.forEach((arn, document) -> read.put(arn, new PolicyDocument(arn, document)));
    return RolePermissions.of(
        new Role(
            ROLE,
            "any",
            "/",
            "AROAX",
            Optional.empty(),
            "{}",
            documents,
            attached,
            List.of(),
            Optional.ofNullable(boundary),
            new LastUsed.NotRead(),
            Map.of()),
        read);
  }

  private static String policy(String statements) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
  }

  private static String allow(String action, String resource) {
    return "{\"Effect\": \"Allow\", \"Action\": \"%s\", \"Resource\": \"%s\"}"
        .formatted(action, resource);
  }

  private static void assertAllowed(Permission permission) {
    assertInstanceOf(Permission.Allowed.class, permission);
  }

  private static void assertNotAllowed(Permission permission) {
    assertInstanceOf(Permission.NotAllowed.class, permission);
  }

  private static void assertUndetermined(Permission permission) {
    assertInstanceOf(Permission.Undetermined.class, permission);
  }
}

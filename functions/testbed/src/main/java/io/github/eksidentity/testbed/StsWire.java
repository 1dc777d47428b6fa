package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Inventory;

/// STS's query protocol.
final class StsWire {
  private final Account account;
  private final WebIdentityWire webIdentity;

  StsWire(Inventory inventory) {
    this.account = inventory.account();
    this.webIdentity = new WebIdentityWire(inventory);
  }

  Reply answer(WireRequest request) {
    String action = request.parameter("Action");
    return switch (action) {
      case "GetCallerIdentity" -> Reply.xml(Xml.answer(action, caller("auditor")));
      case "AssumeRoleWithWebIdentity" ->
          webIdentity
              .refusal(request)
              .orElseGet(() -> Reply.xml(Xml.answer(action, session(request))));
      case "AssumeRole" -> Reply.xml(Xml.answer(action, session(request)));
      default -> Reply.error("sts", 400, "InvalidAction", "no such action: " + action);
    };
  }

  private Xml caller(String session) {
    return new Xml()
        .leaf(
            "Arn",
            "arn:"
                + account.partition().id()
                + ":sts::"
                + account.id()
                + ":assumed-role/auditor/"
                + session)
        .leaf("UserId", "AROAAUDITOR:" + session)
        .leaf("Account", account.id());
  }

  private Xml session(WireRequest request) {
    return new Xml()
        .open("Credentials")
        .leaf("AccessKeyId", "ASIATESTBED")
        .leaf("SecretAccessKey", "secret")
        .leaf("SessionToken", "token")
        .leaf("Expiration", "2999-01-01T00:00:00Z")
        .close("Credentials")
        .open("AssumedRoleUser")
        .leaf("AssumedRoleId", "AROAAUDITOR:" + request.parameter("RoleSessionName"))
        .leaf("Arn", request.parameter("RoleArn"))
        .close("AssumedRoleUser");
  }
}

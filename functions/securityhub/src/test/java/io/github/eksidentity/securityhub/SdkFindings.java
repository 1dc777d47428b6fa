package io.github.eksidentity.securityhub;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.securityhub.HubServer.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;

/// Findings as the SDK understands them.
final class SdkFindings {
  private SdkFindings() {}

  /// @param document of a call; an answer to GetFindings has the same form
  static List<AwsSecurityFinding> of(String document) {
    try (HubServer server = new HubServer();
        SecurityHubClient sdk = server.client("eu-west-1")) {
      server.next(new Reply(200, document));
      return sdk.getFindings(_ -> {}).findings();
    }
  }

  /// A document without its places and the order of its members.
  static Object plain(String document) {
    return plain(FindingChangeTest.json(document));
  }

  private static Object plain(Json json) {
    return switch (json) {
      case Json.Obj(_, List<Json.Member> members) ->
          members.stream()
              .collect(Collectors.toMap(Json.Member::name, member -> plain(member.value())));
      case Json.Arr(_, List<Json> items) -> items.stream().map(SdkFindings::plain).toList();
      case Json.Str(_, String text) -> text;
      case Json.Num(_, String text) -> Map.of("number", text);
      case Json.Bool(_, boolean value) -> value;
      case Json.Null _ -> Map.of();
    };
  }
}

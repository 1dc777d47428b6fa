package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.time.Instant;
import java.util.Optional;

/// The record that CloudTrail keeps of one call, which LookupEvents gives as a JSON text within its
/// answer.
///
///
/// Documented at
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>.
public final class TrailRecord {
  /// The call that is of interest.
  public static final String EVENT_NAME = "AssumeRoleWithWebIdentity";

  private static final JsonLimits LIMITS =
      new JsonLimits(1024 * 1024, 64, 100_000, 1024 * 1024, 100);

  private TrailRecord() {}

  /// The call that a record tells of, empty where it is another one.
  ///
  /// @throws ShapeException if the text is not a record
  public static Optional<AssumeCall> read(String text) throws ShapeException {
    JsonMembers<ShapeException> record =
        ShapeException.members(
            ShapeException.value(JsonReader.read(text, LIMITS)), "a record of CloudTrail");
    if (!record.text("eventName").equals(EVENT_NAME)) {
      return Optional.empty();
    }
    Optional<Instant> time = record.time("eventTime");
    if (time.isEmpty()) {
      throw new ShapeException(record.object().at(), "\"eventTime\" is missing");
    }
    JsonMembers<ShapeException> identity = record.objectOrEmpty("userIdentity");
    JsonMembers<ShapeException> request = record.objectOrEmpty("requestParameters");
    JsonMembers<ShapeException> response = record.objectOrEmpty("responseElements");
    return Optional.of(
        new AssumeCall(
            record.text("eventID"),
            time.get(),
            record.text("awsRegion"),
            role(record, request),
            provider(identity, response),
            subject(identity, response),
            response.optionalText("audience"),
            record.optionalText("errorCode"),
            record.optionalText("userAgent")));
  }

  /// The record of a call, as far as the facts tell. Reading it gives the same call.
  public static String write(AssumeCall call) {
    return JsonWriter.object(
        Layout.LINE,
        json ->
            json.text("eventID", call.id())
                .text("eventName", EVENT_NAME)
                .text("eventTime", call.time().toString())
                .text("awsRegion", call.region())
                .text("errorCode", call.errorCode())
                .text("userAgent", call.userAgent())
                .object(
                    "userIdentity",
                    identity ->
                        identity
                            .text("identityProvider", call.providerArn())
                            .text("userName", call.subject()))
                .object("requestParameters", request -> request.text("roleArn", call.roleArn()))
                .object(
                    "responseElements", response -> response.text("audience", call.audience())));
  }

  private static Optional<String> role(
      JsonMembers<ShapeException> record, JsonMembers<ShapeException> request)
      throws ShapeException {
    Optional<String> asked = request.optionalText("roleArn");
    if (asked.isPresent()) {
      return asked;
    }
    for (JsonMembers<ShapeException> resource : record.objects("resources")) {
      Optional<String> arn = resource.optionalText("ARN");
      if (arn.isPresent() && arn.get().contains(":role/")) {
        return arn;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> provider(
      JsonMembers<ShapeException> identity, JsonMembers<ShapeException> response)
      throws ShapeException {
    Optional<String> named = identity.optionalText("identityProvider");
    return named.isPresent() ? named : response.optionalText("provider");
  }

  private static Optional<String> subject(
      JsonMembers<ShapeException> identity, JsonMembers<ShapeException> response)
      throws ShapeException {
    Optional<String> named = identity.optionalText("userName");
    return named.isPresent() ? named : response.optionalText("subjectFromWebIdentityToken");
  }
}

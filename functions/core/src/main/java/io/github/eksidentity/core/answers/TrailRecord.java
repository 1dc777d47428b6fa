package io.github.eksidentity.core.answers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
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

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonLimits LIMITS =
      new JsonLimits(1024 * 1024, 64, 100_000, 1024 * 1024, 100);

  private TrailRecord() {}

  /// The call that a record tells of, empty where it is another one.
  ///
  /// @throws ShapeException if the text is not a record
  public static Optional<AssumeCall> read(String text) throws ShapeException {
    Members record =
        switch (JsonReader.read(text, LIMITS)) {
          case JsonResult.Read(Json value) -> Members.of(value, "a record of CloudTrail");
          case JsonResult.Unreadable(Position at, String message) ->
              throw new ShapeException(at, message);
        };
    if (!record.text("eventName").equals(EVENT_NAME)) {
      return Optional.empty();
    }
    Optional<Instant> time = record.time("eventTime");
    if (time.isEmpty()) {
      throw new ShapeException(record.object().at(), "\"eventTime\" is missing");
    }
    Members identity = record.member("userIdentity");
    Members request = record.member("requestParameters");
    Members response = record.member("responseElements");
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
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("eventID", call.id());
      json.writeStringField("eventName", EVENT_NAME);
      json.writeStringField("eventTime", call.time().toString());
      json.writeStringField("awsRegion", call.region());
      member(json, "errorCode", call.errorCode());
      member(json, "userAgent", call.userAgent());
      json.writeObjectFieldStart("userIdentity");
      member(json, "identityProvider", call.providerArn());
      member(json, "userName", call.subject());
      json.writeEndObject();
      json.writeObjectFieldStart("requestParameters");
      member(json, "roleArn", call.roleArn());
      json.writeEndObject();
      json.writeObjectFieldStart("responseElements");
      member(json, "audience", call.audience());
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  private static void member(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private static Optional<String> role(Members record, Members request) throws ShapeException {
    Optional<String> asked = request.optionalText("roleArn");
    if (asked.isPresent()) {
      return asked;
    }
    List<Members> resources = record.members("resources");
    for (Members resource : resources) {
      Optional<String> arn = resource.optionalText("ARN");
      if (arn.isPresent() && arn.get().contains(":role/")) {
        return arn;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> provider(Members identity, Members response)
      throws ShapeException {
    Optional<String> named = identity.optionalText("identityProvider");
    return named.isPresent() ? named : response.optionalText("provider");
  }

  private static Optional<String> subject(Members identity, Members response)
      throws ShapeException {
    Optional<String> named = identity.optionalText("userName");
    return named.isPresent() ? named : response.optionalText("subjectFromWebIdentityToken");
  }
}

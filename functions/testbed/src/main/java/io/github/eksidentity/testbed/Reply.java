package io.github.eksidentity.testbed;

import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/// An HTTP answer, ready to be sent.
@SuppressWarnings("ArrayRecordComponent") // never compared; copying megabytes per call is the cost
record Reply(int status, Map<String, String> headers, byte[] body) {
  private static final String XML = "text/xml";
  private static final String JSON = "application/json";

  static Reply xml(byte[] body) {
    return new Reply(200, Map.of("Content-Type", XML), body);
  }

  /// A JSON object with these members.
  static Reply json(Consumer<JsonWriter> members) {
    return new Reply(200, Map.of("Content-Type", JSON), object(members));
  }

  private static byte[] object(Consumer<JsonWriter> members) {
    return JsonWriter.bytes(Layout.LINE, json -> json.object(members));
  }

  /// An error in the protocol of the service.
  static Reply error(String service, int status, String code, String message) {
    return service.equals("iam") || service.equals("sts")
        ? new Reply(status, Map.of("Content-Type", XML), xmlError(code, message))
        : new Reply(
            status,
            Map.of("Content-Type", JSON, "x-amzn-ErrorType", code),
            object(json -> json.text("message", message)));
  }

  static Reply bare(int status, String contentType, String body) {
    return new Reply(
        status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] xmlError(String code, String message) {
    Xml error = new Xml();
    error.open("Error").leaf("Type", "Sender").leaf("Code", code).leaf("Message", message);
    error.close("Error").leaf("RequestId", "00000000-0000-0000-0000-000000000000");
    return Xml.document("ErrorResponse", error);
  }
}

package io.github.eksidentity.testbed;

import java.time.Duration;
import java.util.Map;

/// What the Kubernetes API of the test bed does instead of answering as it should.
public sealed interface KubernetesFault {
  /// Answers with this status and a Status object, as Kubernetes refuses.
  ///
  /// @param headers as `Retry-After`
  record Refused(int status, Map<String, String> headers) implements KubernetesFault {
    public Refused {
      headers = Map.copyOf(headers);
    }
  }

  /// Answers with HTTP 200 and this text.
  record Says(String contentType, String text) implements KubernetesFault {}

  /// Sends half of the body it announced and hangs up.
  record Cut() implements KubernetesFault {}

  /// Hangs up without an answer.
  record HangsUp() implements KubernetesFault {}

  /// Sends items of a list without end.
  record Endless() implements KubernetesFault {}

  /// Names the same next page on every page.
  record RepeatedToken() implements KubernetesFault {}

  /// Answers, but this much later.
  record Late(Duration by) implements KubernetesFault {}

  /// Sends the head of its answer and then one byte, and no more until the client gives up.
  record Stalls() implements KubernetesFault {}
}

package io.github.eksidentity.testbed;

import java.time.Duration;

/// What the test bed does instead of answering as it should.
public sealed interface Fault {
  /// Refuses for too many calls.
  record Throttled() implements Fault {}

  /// Breaks inside, with HTTP 500.
  record ServerError() implements Fault {}

  /// Is not available, with HTTP 503 and no error code.
  record Unavailable() implements Fault {}

  /// Does not allow the call.
  record Denied() implements Fault {}

  /// Says that the credentials have expired.
  record Expired() implements Fault {}

  /// Does not know the credentials, as a region that is not enabled.
  record Unrecognized() implements Fault {}

  /// Sends half of the body it announced and hangs up.
  record Cut() implements Fault {}

  /// Sends half of the body as if that were all.
  record Half() implements Fault {}

  /// Sends no body, with HTTP 200.
  record Blank() implements Fault {}

  /// Sends a web page, with HTTP 200, as a captive proxy does.
  record WebPage() implements Fault {}

  /// Hangs up without an answer.
  record HangUp() implements Fault {}

  /// Does not know the route, as older endpoints.
  record NoRoute() implements Fault {}

  /// Says that another page follows, again and again with the same token.
  record RepeatedToken() implements Fault {}

  /// Answers, but this much later.
  ///
  /// @param by added to the latency
  record Slow(Duration by) implements Fault {}
}

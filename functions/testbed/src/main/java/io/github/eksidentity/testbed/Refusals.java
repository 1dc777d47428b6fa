package io.github.eksidentity.testbed;

import java.util.Map;

/// What AWS answers where it does not answer the question.
final class Refusals {
  private Refusals() {}

  static Reply of(Call call, Fault fault) {
    String service = call.service();
    boolean query = service.equals("iam") || service.equals("sts");
    return switch (fault) {
      case Fault.Throttled() ->
          query
              ? Reply.error(service, 400, "Throttling", "Rate exceeded")
              : Reply.error(service, 429, "ThrottlingException", "Rate exceeded");
      case Fault.ServerError() ->
          Reply.error(service, 500, query ? "ServiceFailure" : "ServerException", "It broke.");
      case Fault.Unavailable() -> Reply.bare(503, "text/html", "<html>busy</html>");
      case Fault.Denied() ->
          Reply.error(
              service,
              403,
              query ? "AccessDenied" : "AccessDeniedException",
              "The caller is not authorized to perform: " + call.permission());
      case Fault.Expired() ->
          Reply.error(
              service,
              403,
              query ? "ExpiredToken" : "ExpiredTokenException",
              "The security token included in the request is expired");
      case Fault.Unrecognized() -> unrecognized(call);
      case Fault.Blank() -> new Reply(200, Map.of(), new byte[0]);
      case Fault.WebPage() -> Reply.bare(200, "text/html", "<html><body>sign in</body></html>");
      case Fault.NoRoute() -> Reply.bare(404, "text/html", "<html>not found</html>");
      case Fault.Cut _, Fault.Half _, Fault.HangUp _, Fault.RepeatedToken _, Fault.Slow _ ->
          throw new IllegalArgumentException(fault + " is not a refusal");
    };
  }

  static Reply unrecognized(Call call) {
    boolean query = call.service().equals("iam") || call.service().equals("sts");
    return Reply.error(
        call.service(),
        403,
        query ? "InvalidClientTokenId" : "UnrecognizedClientException",
        "The security token included in the request is invalid.");
  }
}

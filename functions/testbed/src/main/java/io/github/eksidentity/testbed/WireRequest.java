package io.github.eksidentity.testbed;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTTP request taken apart.
///
/// @param path decoded segments
/// @param parameters of the query, of the form that a query-protocol call posts, and the texts and
/// numbers of a posted JSON object
/// @param region of the signature
/// @param service of the signature, or of the one action that needs none
record WireRequest(
    String method,
    List<String> path,
    Map<String, String> parameters,
    String region,
    String service) {
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/,]+/\\d+/([^/,]+)/([^/,]+)/aws4_request");

  static WireRequest of(String method, URI uri, Optional<String> authorization, byte[] body) {
    Matcher scope = SCOPE.matcher(authorization.orElse(""));
    boolean signed = scope.find();
    Map<String, String> parameters = new HashMap<>();
    parse(Optional.ofNullable(uri.getRawQuery()).orElse(""), parameters);
    boolean query = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (query) {
      parse(new String(body, StandardCharsets.UTF_8), parameters);
    }
    if (JsonReader.read(body, JsonLimits.FILE)
        instanceof JsonResult.Read(Json.Obj(_, List<Json.Member> members))) {
      members.forEach(
          member -> scalar(member.value(), text -> parameters.put(member.name(), text)));
    }
    return new WireRequest(
        method,
        Arrays.stream(uri.getRawPath().split("/", -1))
            .filter(segment -> !segment.isEmpty())
            .map(segment -> decode(segment.replace("+", "%2B")))
            .toList(),
        parameters,
        signed ? scope.group(1) : "",
        signed ? scope.group(2) : unsigned(parameters));
  }

  private static void scalar(Json value, Consumer<String> found) {
    switch (value) {
      case Json.Str(_, String text) -> found.accept(text);
      case Json.Num(_, String digits) -> found.accept(digits);
      case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> {}
    }
  }

  /// The one call here that a token answers for instead of a signature.
  private static String unsigned(Map<String, String> parameters) {
    return parameters.getOrDefault("Action", "").equals("AssumeRoleWithWebIdentity") ? "sts" : "";
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  Optional<String> token(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /// The page size asked for.
  int limit(String name) {
    return token(name).map(Integer::parseInt).orElse(100);
  }

  /// A time as JSON protocols carry it: seconds since 1970, with what is left of one.
  Optional<Instant> time(String name) {
    return token(name)
        .map(
            seconds -> Instant.ofEpochMilli(new BigDecimal(seconds).movePointRight(3).longValue()));
  }

  private static void parse(String form, Map<String, String> parameters) {
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}

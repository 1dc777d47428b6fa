package io.github.eksidentity.testbed;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Builds the XML of the query protocol.
final class Xml {
  private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

  private final StringBuilder text = new StringBuilder();

  Xml open(String element) {
    text.append('<').append(element).append('>');
    return this;
  }

  Xml close(String element) {
    text.append("</").append(element).append('>');
    return this;
  }

  Xml leaf(String element, String value) {
    open(element);
    escape(value);
    return close(element);
  }

  Xml leaf(String element, Optional<String> value) {
    value.ifPresent(present -> leaf(element, present));
    return this;
  }

  /// Adds text that is XML already.
  Xml raw(String xml) {
    text.append(xml);
    return this;
  }

  /// The answer of an action: its result and the request's id.
  static byte[] answer(String action, Xml result) {
    Xml body = new Xml();
    body.open(action + "Result").raw(result.toString()).close(action + "Result");
    body.open("ResponseMetadata")
        .leaf("RequestId", "00000000-0000-0000-0000-000000000000")
        .close("ResponseMetadata");
    return document(action + "Response", body);
  }

  static byte[] document(String root, Xml body) {
    return ("<" + root + " xmlns=\"" + NAMESPACE + "\">" + body + "</" + root + ">")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '\r' -> text.append("&#13;");
        default -> text.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

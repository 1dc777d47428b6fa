package io.github.eksidentity.snapshot;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parser that hands out policy documents as strings in the letters of the file, also where the
/// file holds them as objects, as the AWS CLI prints them: rules point at line and column of a
/// document, and one that IAM would refuse must survive.
final class DocumentParser extends JsonParserDelegate {
  private static final Set<String> DOCUMENTS =
      Set.of("AssumeRolePolicyDocument", "PolicyDocument", "Document");

  private final Passage passage;
  private @Nullable String document;
  private @Nullable JsonLocation documentStart;
  private boolean again;

  /// @param passage what the parser has read lately
  DocumentParser(JsonParser parser, Passage passage) {
    super(parser);
    this.passage = passage;
  }

  /// Lets [#nextToken()] return the current token once more.
  void again() {
    again = true;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    if (again) {
      again = false;
      return currentToken();
    }
    document = null;
    documentStart = null;
    passage.forgetBefore(delegate.currentTokenLocation().getCharOffset());
    JsonToken token = delegate.nextToken();
    if (token != null && token.isStructStart() && isDocument()) {
      documentStart = delegate.currentTokenLocation();
      skipDocument();
      document = slice(documentStart, delegate.currentTokenLocation());
    }
    return currentToken();
  }

  @Override
  public @Nullable JsonToken currentToken() {
    return document == null ? delegate.currentToken() : JsonToken.VALUE_STRING;
  }

  @Override
  public String getText() throws IOException {
    return document == null ? delegate.getText() : document;
  }

  @Override
  public JsonLocation currentTokenLocation() {
    return documentStart == null ? delegate.currentTokenLocation() : documentStart;
  }

  private boolean isDocument() {
    JsonStreamContext parent = delegate.getParsingContext().getParent();
    return parent != null && parent.inObject() && DOCUMENTS.contains(parent.getCurrentName());
  }

  private void skipDocument() throws IOException {
    try {
      delegate.skipChildren();
    } catch (StreamConstraintsException e) {
      throw new JsonParseException(
          delegate, "a policy document that is nested too deeply", e.getLocation(), e);
    }
  }

  private String slice(JsonLocation start, JsonLocation end) {
    long from = start.getCharOffset();
    String text = passage.text(from, end.getCharOffset() + 1);
    return outdented(text, passage.indent(from));
  }

  /// The text without an indent that every line but the first begins with; as it is where one does
  /// not.
  private static String outdented(String text, String indent) {
    if (indent.isEmpty()) {
      return text;
    }
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (!text.startsWith(indent, at + 1)) {
        return text;
      }
    }
    return text.replace("\n" + indent, "\n");
  }
}

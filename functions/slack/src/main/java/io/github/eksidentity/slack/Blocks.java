package io.github.eksidentity.slack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// A message in Slack's Block Kit that keeps within its limits: what does not fit is refused by
/// [#section], so that the caller can say how much is missing.
///
/// Limits documented at <https://docs.slack.dev/reference/block-kit/blocks>; the length of all
/// texts together is limited too, at about 13,200 characters, which is documented nowhere.
final class Blocks {
  static final int HEADER = 150;
  static final int SECTION = 3000;
  private static final int MOST_BLOCKS = 50;
  private static final int MOST_CHARACTERS = 12_000;

  /// What is kept back for the last two blocks.
  private static final int RESERVE = 2;

  private static final int RESERVED_CHARACTERS = 1000;
  private static final JsonFactory FACTORY = new JsonFactory();

  private final String fallback;
  private final List<Block> blocks = new ArrayList<>();
  private int characters;

  private record Block(String type, String textType, String text) {}

  /// @param headline escaped; also what notifications show
  Blocks(String headline) {
    fallback = headline;
    add(new Block("header", "plain_text", headline));
  }

  /// Adds a section while there is room for more than the end of the message.
  ///
  /// @param text escaped, at most [#SECTION] characters
  /// @return whether it was added
  boolean section(String text) {
    if (blocks.size() + 1 + RESERVE > MOST_BLOCKS
        || characters + text.length() + RESERVED_CHARACTERS > MOST_CHARACTERS) {
      return false;
    }
    add(new Block("section", "mrkdwn", text));
    return true;
  }

  /// Adds small print at the end; at most two, of together at most 1,000 characters.
  void footer(String text) {
    add(new Block("context", "mrkdwn", text));
  }

  private void add(Block block) {
    blocks.add(block);
    characters += block.text().length();
  }

  /// The message as an incoming webhook takes it.
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.setHighestNonEscapedChar('~');
      json.writeStartObject();
      json.writeStringField("text", fallback);
      json.writeBooleanField("unfurl_links", false);
      json.writeBooleanField("unfurl_media", false);
      json.writeArrayFieldStart("blocks");
      for (Block block : blocks) {
        write(json, block);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Block block) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", block.type());
    boolean many = block.type().equals("context");
    if (many) {
      json.writeArrayFieldStart("elements");
      json.writeStartObject();
    } else {
      json.writeObjectFieldStart("text");
    }
    json.writeStringField("type", block.textType());
    json.writeStringField("text", block.text());
    json.writeEndObject();
    if (many) {
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}

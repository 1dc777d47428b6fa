package io.github.eksidentity.slack;

import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    return JsonWriter.object(
        Layout.ASCII_LINE,
        json ->
            json.text("text", fallback)
                .flag("unfurl_links", false)
                .flag("unfurl_media", false)
                .objects("blocks", blocks, Blocks::write));
  }

  private static void write(JsonWriter json, Block block) {
    json.text("type", block.type());
    Consumer<JsonWriter> text =
        out -> out.text("type", block.textType()).text("text", block.text());
    if (block.type().equals("context")) {
      json.list("elements", elements -> elements.object(text));
    } else {
      json.object("text", text);
    }
  }
}

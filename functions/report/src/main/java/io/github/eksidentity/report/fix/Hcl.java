package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.report.page.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Expressions of Terraform's configuration language, laid out as `terraform fmt` does.
final class Hcl {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final String STEP = "  ";

  private Hcl() {}

  /// A block with these attributes, each a name and an expression.
  static String resource(String type, String name, List<Attribute> attributes) {
    return "resource "
        + string(type)
        + " "
        + string(name)
        + " {\n"
        + aligned(attributes, STEP)
        + "}";
  }

  /// A name and an expression that may span lines.
  record Attribute(String name, String expression) {}

  static Attribute text(String name, String value) {
    return new Attribute(name, string(value));
  }

  static Attribute texts(String name, List<String> values) {
    return new Attribute(
        name, "[" + String.join(", ", values.stream().map(Hcl::string).toList()) + "]");
  }

  /// An attribute whose value is the text of a JSON document.
  static Attribute json(String name, Json document) {
    return new Attribute(name, "jsonencode(" + expression(document, STEP) + ")");
  }

  /// A label of a resource, made of a name.
  static String label(String name) {
    String label = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return IDENTIFIER.matcher(label).matches() ? label : "_" + label;
  }

  /// A quoted string in which nothing is a template.
  static String string(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    int[] points = value.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      boolean opensTemplate =
          (points[i] == '$' || points[i] == '%') && i + 1 < points.length && points[i + 1] == '{';
      quoted
          .append(opensTemplate ? Character.toString(points[i]) : "")
          .append(character(points[i]));
    }
    return quoted.append('"').toString();
  }

  private static String character(int point) {
    return switch (point) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> Plain.hidden(point) ? "\\U%08X".formatted(point) : Character.toString(point);
    };
  }

  private static String expression(Json json, String indent) {
    return switch (json) {
      case Json.Obj(Position _, List<Json.Member> members) when members.isEmpty() -> "{}";
      case Json.Obj(Position _, List<Json.Member> members) -> {
        List<Attribute> attributes = new ArrayList<>();
        for (Json.Member member : members) {
          attributes.add(
              new Attribute(key(member.name()), expression(member.value(), indent + STEP)));
        }
        yield "{\n" + aligned(attributes, indent + STEP) + indent + "}";
      }
      case Json.Arr(Position _, List<Json> items) when items.stream().allMatch(Hcl::simple) ->
          "["
              + String.join(", ", items.stream().map(item -> expression(item, indent)).toList())
              + "]";
      case Json.Arr(Position _, List<Json> items) -> {
        StringBuilder list = new StringBuilder("[\n");
        for (Json item : items) {
          list.append(indent).append(STEP).append(expression(item, indent + STEP)).append(",\n");
        }
        yield list.append(indent).append(']').toString();
      }
      case Json.Str(Position _, String value) -> string(value);
      case Json.Num(Position _, String number) -> number;
      case Json.Bool(Position _, boolean value) -> Boolean.toString(value);
      case Json.Null _ -> "null";
    };
  }

  private static boolean simple(Json json) {
    return !(json instanceof Json.Obj) && !(json instanceof Json.Arr);
  }

  private static String key(String name) {
    return IDENTIFIER.matcher(name).matches() ? name : string(name);
  }

  /// One attribute a line, the equals signs of neighbouring one-line attributes below one another.
  private static String aligned(List<Attribute> attributes, String indent) {
    StringBuilder lines = new StringBuilder();
    List<Attribute> group = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (attribute.expression().contains("\n")) {
        append(lines, group, indent);
        group.clear();
        append(lines, List.of(attribute), indent);
      } else {
        group.add(attribute);
      }
    }
    append(lines, group, indent);
    return lines.toString();
  }

  private static void append(StringBuilder lines, List<Attribute> group, String indent) {
    int longest = group.stream().mapToInt(attribute -> attribute.name().length()).max().orElse(0);
    for (Attribute attribute : group) {
      lines.append(indent).append(attribute.name());
      lines.repeat(' ', longest - attribute.name().length());
      lines.append(" = ").append(attribute.expression()).append('\n');
    }
  }
}

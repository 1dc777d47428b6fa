package io.github.eksidentity.report.page;

import io.github.eksidentity.core.audit.Severity;

/// How a piece of text stands out.
public enum Style {
  NONE(""),
  BOLD("1"),
  DIM("2"),
  ALARM("1;31"),
  RED("31"),
  YELLOW("33"),
  BLUE("34"),
  GREEN("32"),
  MAGENTA("1;35");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /// The text with this style, or as it is where colour is off.
  String on(String text, boolean colour) {
    return colour && !code.isEmpty() && !text.isEmpty()
        ? "\u001b[" + code + "m" + text + "\u001b[0m"
        : text;
  }

  public static Style of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> ALARM;
      case HIGH -> RED;
      case MEDIUM -> YELLOW;
      case LOW -> BLUE;
      case INFO -> DIM;
    };
  }

  /// A sign that tells severities apart without colour.
  public static String symbol(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "■";
      case HIGH -> "▲";
      case MEDIUM -> "◆";
      case LOW -> "●";
      case INFO -> "·";
    };
  }
}

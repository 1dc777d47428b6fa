package io.github.eksidentity.report.page;

import io.github.eksidentity.core.audit.Severity;

/// How text is laid out.
///
/// @param width columns that no line exceeds, apart from documents and commands that are to be
/// copied; [#WHOLE] where nothing is to be cut
/// @param colour whether ANSI colours are used
/// @param details whether every finding is shown with all of its evidence and its whole remediation
/// @param atLeast findings below this severity are counted and not shown
public record TextOptions(int width, boolean colour, boolean details, Severity atLeast) {
  /// Columns where nothing tells how wide the terminal is.
  public static final int DEFAULT_WIDTH = 100;

  /// Instead of a width: what reads it is a program, so that paragraphs are wrapped as by default
  /// and no line of a table is cut, which a search would not find.
  public static final int WHOLE = Integer.MAX_VALUE;

  private static final int NARROWEST = 40;
  private static final int WIDEST = 160;

  public TextOptions {
    width = width == WHOLE ? WHOLE : fitting(width);
  }

  /// The width within the bounds in which text can be laid out and read.
  static int fitting(int width) {
    return width == WHOLE ? DEFAULT_WIDTH : Math.clamp(width, NARROWEST, WIDEST);
  }
}

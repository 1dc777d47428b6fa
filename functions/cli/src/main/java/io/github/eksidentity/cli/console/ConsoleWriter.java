package io.github.eksidentity.cli.console;

import java.io.Writer;

/// Lets picocli write its help where results go.
public final class ConsoleWriter extends Writer {
  private final Console console;

  public ConsoleWriter(Console console) {
    this.console = console;
  }

  @Override
  public void write(char[] text, int from, int length) {
    console.print(new String(text, from, length));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

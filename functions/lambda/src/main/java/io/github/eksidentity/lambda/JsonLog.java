package io.github.eksidentity.lambda;

import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Structured logs: one JSON object a line, each with the fields of its context, as the run's id.
/// `timestamp` and `level` are named as Lambda's own JSON logs name them, so that its filter by
/// level works.
///
/// Documented at
/// <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html>.
public final class JsonLog {
  private final OutputStream out;
  private final InstantSource clock;
  private final SortedMap<String, String> context;

  private JsonLog(OutputStream out, InstantSource clock, SortedMap<String, String> context) {
    this.out = out;
    this.clock = clock;
    this.context = context;
  }

  /// Writes to a stream, each line with one call.
  public static JsonLog to(OutputStream out, InstantSource clock) {
    return new JsonLog(out, clock, new TreeMap<>());
  }

  /// The same log with one more field on every line.
  public JsonLog with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(context);
    more.put(name, value);
    return new JsonLog(out, clock, more);
  }

  public void info(String message) {
    line("INFO", message);
  }

  public void warn(String message) {
    line("WARN", message);
  }

  public void error(String message) {
    line("ERROR", message);
  }

  /// One line of metrics in CloudWatch's embedded metric format.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>.
  ///
  /// @param dimensions none for a metric of the whole stack
  public void metrics(String namespace, Map<String, String> dimensions, List<Metric> metrics) {
    SortedMap<String, String> sorted = new TreeMap<>(dimensions);
    write(
        json -> {
          json.object(
              "_aws",
              aws ->
                  aws.number("Timestamp", clock.millis())
                      .objects(
                          "CloudWatchMetrics",
                          List.of(metrics),
                          (directive, all) ->
                              directive
                                  .text("Namespace", namespace)
                                  .list(
                                      "Dimensions",
                                      sets ->
                                          sets.list(names -> sorted.keySet().forEach(names::text)))
                                  .objects(
                                      "Metrics",
                                      all,
                                      (out, metric) ->
                                          out.text("Name", metric.name())
                                              .text("Unit", metric.unit()))));
          sorted.forEach(json::text);
          metrics.forEach(metric -> json.name(metric.name()).number(metric.value()));
        });
  }

  /// One value of a metric.
  ///
  /// @param unit as CloudWatch names it: `Count`, `Milliseconds`
  public record Metric(String name, String unit, double value) {}

  private void line(String level, String message) {
    write(
        json ->
            json.text("timestamp", clock.instant().toString())
                .text("level", level)
                .text("message", message));
  }

  private void write(Consumer<JsonWriter> fields) {
    String line =
        JsonWriter.object(
            Layout.ASCII_LINE,
            json -> {
              fields.accept(json);
              context.forEach(json::text);
            });
    try {
      out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be written", e);
    }
  }
}

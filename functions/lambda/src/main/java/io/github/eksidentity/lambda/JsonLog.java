package io.github.eksidentity.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Structured logs: one JSON object a line, each with the fields of its context, as the run's id.
/// `timestamp` and `level` are named as Lambda's own JSON logs name them, so that its filter by
/// level works.
///
/// Documented at
/// <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html>.
public final class JsonLog {
  private static final JsonFactory FACTORY = new JsonFactory();

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
    write(
        json -> {
          json.writeObjectFieldStart("_aws");
          json.writeNumberField("Timestamp", clock.millis());
          json.writeArrayFieldStart("CloudWatchMetrics");
          json.writeStartObject();
          json.writeStringField("Namespace", namespace);
          json.writeArrayFieldStart("Dimensions");
          json.writeStartArray();
          for (String dimension : new TreeMap<>(dimensions).keySet()) {
            json.writeString(dimension);
          }
          json.writeEndArray();
          json.writeEndArray();
          json.writeArrayFieldStart("Metrics");
          for (Metric metric : metrics) {
            json.writeStartObject();
            json.writeStringField("Name", metric.name());
            json.writeStringField("Unit", metric.unit());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
          for (Map.Entry<String, String> entry : new TreeMap<>(dimensions).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
          }
          for (Metric metric : metrics) {
            json.writeNumberField(metric.name(), metric.value());
          }
        });
  }

  /// One value of a metric.
  ///
  /// @param unit as CloudWatch names it: `Count`, `Milliseconds`
  public record Metric(String name, String unit, double value) {}

  private void line(String level, String message) {
    write(
        json -> {
          json.writeStringField("timestamp", clock.instant().toString());
          json.writeStringField("level", level);
          json.writeStringField("message", message);
        });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private void write(Fields fields) {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      try (JsonGenerator json = FACTORY.createGenerator(line)) {
        json.setHighestNonEscapedChar('~');
        json.writeStartObject();
        fields.write(json);
        for (Map.Entry<String, String> entry : context.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      line.write('\n');
      out.write(line.toByteArray());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be written", e);
    }
  }
}

package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.answers.ShapeException;
import io.github.eksidentity.core.answers.TrailRecord;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.JsonMembers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What `aws cloudtrail lookup-events` printed. A file that is named by a region holds what was
/// recorded there, even if that is nothing; of any other file, the events tell their region.
final class TrailFiles {
  static final String FOLDER = "events/";

  private final Source source;
  private final Map<String, AssumeCall> calls = new LinkedHashMap<>();
  private final Map<Scope, Coverage> coverage = new TreeMap<>();

  private TrailFiles(Source source) {
    this.source = source;
  }

  record Read(List<AssumeCall> calls, Map<Scope, Coverage> coverage) {}

  /// @param regions the regions of the snapshot
  static Read read(Source source, Set<String> regions) {
    TrailFiles files = new TrailFiles(source);
    for (String name : source.files().names()) {
      if (name.startsWith(FOLDER) && name.endsWith(".json")) {
        String stem = name.substring(FOLDER.length(), name.length() - ".json".length());
        files.file(name, regions.contains(stem) ? Optional.of(stem) : Optional.empty());
      }
    }
    return new Read(List.copyOf(files.calls.values()), files.coverage);
  }

  private void file(String name, Optional<String> region) {
    List<AssumeCall> found = new ArrayList<>();
    Part<Boolean> read =
        source.whole(
            name,
            false,
            file -> {
              JsonMembers<SnapshotException> events =
                  file.streamed(Map.of("Events", event -> call(name, event).ifPresent(found::add)));
              events.requiredObjects("Events");
              return Part.of(
                  true,
                  events.has("NextToken")
                      ? List.of(name + " does not hold all pages of its list")
                      : List.of());
            });
    if (read.value()) {
      found.forEach(call -> calls.put(call.id(), call));
    }
    region.ifPresent(of -> cover(of, read.coverage()));
    found.forEach(call -> cover(call.region(), read.coverage()));
  }

  /// Several files of a region are pages of one list: the worst of them tells how well it was read.
  private void cover(String region, Coverage read) {
    coverage.merge(Scope.trail(region), read, (known, more) -> known.isComplete() ? more : known);
  }

  private static Optional<AssumeCall> call(String file, JsonMembers<SnapshotException> event) {
    try {
      return TrailRecord.read(event.text("CloudTrailEvent"));
    } catch (ShapeException e) {
      throw SnapshotException.at(
          file, event.required("CloudTrailEvent").at(), "\"CloudTrailEvent\": " + e.problem());
    }
  }
}

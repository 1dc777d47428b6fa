package io.github.eksidentity.core.map;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The picture of the rooms in `CONTRIBUTING.md`: each package, on a floor. `┼` begins a floor, `│`
/// goes on with it.
///
/// @param floors of each room, counted from the roof
public record RoomMap(Map<String, Integer> floors) {
  private static final String ROOT = "io.github.eksidentity.";

  public RoomMap {
    floors = Map.copyOf(floors);
  }

  /// The picture as it stands in a file.
  public static RoomMap read(Path file) throws IOException {
    Map<String, Integer> floors = new TreeMap<>();
    int floor = 0;
    for (String line : Files.readAllLines(file)) {
      if (line.matches("[┬┼│] [a-z.]+ .*")) {
        floor += line.startsWith("│") ? 0 : 1;
        floors.put(line.split(" ", 3)[1], floor);
      }
    }
    return new RoomMap(floors);
  }

  /// No class uses a room beside its own or above it.
  public ArchRule direction() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("use only what is below its room in CONTRIBUTING.md") {
              @Override
              public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> !isDownwards(dependency))
                    .map(Dependency::getDescription)
                    .forEach(text -> events.add(SimpleConditionEvent.violated(user, text)));
              }
            });
  }

  private boolean isDownwards(Dependency dependency) {
    String from = dependency.getOriginClass().getPackageName();
    String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
    return from.equals(to) || !to.startsWith(ROOT) || floor(to) > floor(from);
  }

  /// A room that is not in the picture is on no floor, so that it may use nothing.
  private int floor(String room) {
    return floors.getOrDefault(room.substring(ROOT.length()), Integer.MAX_VALUE);
  }

  /// The rooms of the picture in alphabetical order.
  public List<String> rooms() {
    return floors.keySet().stream().sorted().toList();
  }
}

package io.github.eksidentity.cli;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.eksidentity.core.map.RoomMap;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Whatever the command is made of uses only what is below it in the picture of `CONTRIBUTING.md`.
final class RoomsTest {
  @Test
  void aRoomUsesWhatIsBelowItOnly() throws IOException {
    RoomMap.read(Path.of("../../CONTRIBUTING.md"))
        .direction()
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.github.eksidentity"));
  }
}

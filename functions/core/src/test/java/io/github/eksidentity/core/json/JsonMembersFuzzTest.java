package io.github.eksidentity.core.json;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// What must hold for every input. `mvn verify` replays the stored inputs, `.ci/fuzz` explores.
final class JsonMembersFuzzTest {
  /// Whatever is asked of whatever text, the answer is a value or a fault that has a place.
  @FuzzTest
  void everyQuestionIsAnsweredOrRefused(byte[] bytes) {
    if (JsonReader.read(bytes, JsonLimits.DOCUMENT) instanceof JsonResult.Read(Json value)) {
      JsonMembersTest.ask(value);
    }
  }
}

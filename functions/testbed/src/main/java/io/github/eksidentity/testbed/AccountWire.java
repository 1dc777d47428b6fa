package io.github.eksidentity.testbed;

import java.util.List;
import java.util.Optional;

/// Account Management's REST protocol: the enabled regions, posted for.
final class AccountWire {
  private static final int SIZE = 50;

  private final List<String> regions;
  private final int pageSize;

  AccountWire(List<String> regions, int pageSize) {
    this.regions = regions;
    this.pageSize = pageSize;
  }

  /// @param token of the page, from the posted body
  Reply listRegions(Optional<String> token, boolean repeat) {
    int size = Math.min(pageSize, SIZE);
    Page<String> page = repeat ? Page.repeated(regions, size) : Page.of(regions, token, size);
    return Reply.json(
        Json.object(
            json -> {
              json.writeArrayFieldStart("Regions");
              for (String region : page.items()) {
                json.writeStartObject();
                json.writeStringField("RegionName", region);
                json.writeStringField("RegionOptStatus", "ENABLED_BY_DEFAULT");
                json.writeEndObject();
              }
              json.writeEndArray();
              Json.text(json, "NextToken", page.next());
            }));
  }
}

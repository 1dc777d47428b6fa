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
    ListPage<String> page =
        repeat ? ListPage.repeated(regions, size) : ListPage.of(regions, token, size);
    return Reply.json(
        json ->
            json.objects(
                    "Regions",
                    page.items(),
                    (region, name) ->
                        region
                            .text("RegionName", name)
                            .text("RegionOptStatus", "ENABLED_BY_DEFAULT"))
                .text("NextToken", page.next()));
  }
}

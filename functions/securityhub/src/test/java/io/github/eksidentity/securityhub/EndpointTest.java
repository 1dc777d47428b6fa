package io.github.eksidentity.securityhub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.lambda.Environment;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.securityhub.endpoints.SecurityHubEndpointProvider;

class EndpointTest {
  private static final SecurityHubEndpointProvider OF_THE_SDK =
      SecurityHubEndpointProvider.defaultProvider();

  /// Regions that the SDK knows, and some that it cannot know yet. What it calls global regions are
  /// none: no cluster is there.
  private static Stream<Region> regions() {
    return Stream.concat(
        Region.regions().stream().filter(region -> !region.isGlobalRegion()),
        Stream.of("eu-north-9", "cn-east-9", "us-gov-north-9", "us-isob-north-9", "eusc-fr-west-9")
            .map(Region::of));
  }

  private static URI ofTheSdk(Region region, boolean fips, boolean dualStack) {
    return OF_THE_SDK
        .resolveEndpoint(it -> it.region(region).useFips(fips).useDualStack(dualStack))
        .join()
        .endpointUrl()
        .toUri();
  }

  private static URI ours(Region region, boolean fips, boolean dualStack) {
    Map<String, String> kind =
        Map.of(
            "AWS_USE_FIPS_ENDPOINT", "" + fips,
            "AWS_USE_DUALSTACK_ENDPOINT", "" + dualStack);
    return Endpoint.of(region.id(), new Environment(kind));
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void everyRegionIsCalledWhereTheSdkCallsIt(boolean fips, boolean dualStack) {
    regions()
        .forEach(
            region ->
                assertEquals(
                    ofTheSdk(region, fips, dualStack), ours(region, fips, dualStack), region::id));
  }

  @Test
  void anEndpointThatIsSetIsUsed() {
    Map<String, String> all = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    Map<String, String> own =
        Map.of(
            "AWS_ENDPOINT_URL",
            "http://127.0.0.1:1",
            "AWS_ENDPOINT_URL_SECURITYHUB",
            "http://127.0.0.1:2");
    assertEquals(URI.create("http://127.0.0.1:1"), Endpoint.of("eu-west-1", new Environment(all)));
    assertEquals(URI.create("http://127.0.0.1:2"), Endpoint.of("eu-west-1", new Environment(own)));
  }
}

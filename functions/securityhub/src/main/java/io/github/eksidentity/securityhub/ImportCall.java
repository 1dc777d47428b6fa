package io.github.eksidentity.securityhub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/// BatchImportFindings of an account and region, the one call that is made of Security Hub.
///
/// @param http has timeouts
/// @param retries which failures are worth another attempt, how many, and when
/// @param endpoint without the path of the call
record ImportCall(
    SdkHttpClient http,
    StandardRetryStrategy retries,
    URI endpoint,
    String region,
    AwsCredentialsProvider credentials) {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  /// The findings that were not taken.
  ///
  /// @param findings as [Asff] writes them
  /// @throws SdkException where the last attempt failed
  List<Refusal> send(String findings) {
    byte[] body = findings.getBytes(StandardCharsets.UTF_8);
    RetryToken token =
        retries.acquireInitialToken(AcquireInitialTokenRequest.create(region)).token();
    while (true) {
      try {
        List<Refusal> refusals = attempt(body);
        retries.recordSuccess(RecordSuccessRequest.create(token));
        return refusals;
      } catch (SdkException e) {
        RefreshRetryTokenResponse again = again(token, e);
        pause(again.delay());
        token = again.token();
      }
    }
  }

  private RefreshRetryTokenResponse again(RetryToken token, SdkException failure) {
    try {
      return retries.refreshRetryToken(
          RefreshRetryTokenRequest.builder().token(token).failure(failure).build());
    } catch (TokenAcquisitionFailedException _) {
      throw failure;
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted before another attempt.", e);
    }
  }

  private List<Refusal> attempt(byte[] body) {
    SignedRequest signed = signed(body);
    try {
      HttpExecuteResponse response =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(signed.payload().orElse(null))
                      .build())
              .call();
      try (InputStream in = response.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
        return ImportAnswer.refusals(response.httpResponse(), in.readNBytes(ImportAnswer.LONGEST));
      }
    } catch (IOException e) {
      throw SdkClientException.create("Security Hub cannot be called: " + e.getMessage(), e);
    }
  }

  private SignedRequest signed(byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create(endpoint.toString().replaceFirst("/$", "") + "/findings/import"))
            .putHeader("Content-Type", "application/json")
            .putHeader("Content-Length", Integer.toString(body.length))
            .putHeader("User-Agent", "eks-identity-auditor")
            .build();
    return SIGNER.sign(
        with ->
            with.identity(credentials.resolveCredentials())
                .request(request)
                .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "securityhub")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
  }
}

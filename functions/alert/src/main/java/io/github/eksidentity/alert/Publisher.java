package io.github.eksidentity.alert;

import io.github.eksidentity.report.alert.Alert;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/// Publishes to the alert topic, each protocol in its own form.
final class Publisher {
  private final SnsClient sns;
  private final String topic;

  Publisher(SnsClient sns, String topic) {
    this.sns = sns;
    this.topic = topic;
  }

  void publish(Alert alert) {
    sns.publish(
        request ->
            request
                .topicArn(topic)
                .subject(alert.subject())
                .messageStructure("json")
                .message(alert.message())
                .messageAttributes(
                    alert.attributes().entrySet().stream()
                        .collect(
                            Collectors.toMap(
                                Map.Entry::getKey, entry -> attribute(entry.getValue())))));
  }

  private static MessageAttributeValue attribute(Alert.Attribute attribute) {
    return MessageAttributeValue.builder()
        .dataType(attribute.type())
        .stringValue(attribute.value())
        .build();
  }
}

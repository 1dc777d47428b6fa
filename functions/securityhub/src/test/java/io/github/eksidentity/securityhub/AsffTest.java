package io.github.eksidentity.securityhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;
import software.amazon.awssdk.services.securityhub.model.ComplianceStatus;
import software.amazon.awssdk.services.securityhub.model.RecordState;
import software.amazon.awssdk.services.securityhub.model.SeverityLabel;

class AsffTest {
  private static FindingChange change(String resource, String title, String status, boolean muted) {
    FindingChange c = FindingChangeTest.OPENED;
    return new FindingChange(
        c.finding(),
        c.account(),
        c.region(),
        Optional.of("prod-eu"),
        resource,
        c.rule(),
        c.severity(),
        title,
        status,
        muted,
        c.firstSeen(),
        c.at());
  }

  private static AwsSecurityFinding asff(FindingChange change) {
    return SdkFindings.of(Asff.of(List.of(change), "aws", "eu-west-1")).getFirst();
  }

  private static AwsSecurityFinding with(String status, boolean muted) {
    return asff(change(FindingChangeTest.OPENED.resource(), "t", status, muted));
  }

  @Test
  void anOpenFindingIsActiveAndFailed() {
    AwsSecurityFinding finding = asff(FindingChangeTest.OPENED);
    assertEquals("eks-identity-auditor/" + FindingChangeTest.OPENED.finding(), finding.id());
    assertEquals(
        "arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default",
        finding.productArn());
    assertEquals(SeverityLabel.HIGH, finding.findingProviderFields().severity().label());
    assertEquals(RecordState.ACTIVE, finding.recordState());
    assertEquals(ComplianceStatus.FAILED, finding.compliance().status());
    assertEquals("AwsIamRole", finding.resources().getFirst().type());
    assertTrue(finding.updatedAt().compareTo(finding.createdAt()) > 0);
  }

  @Test
  void itIsClosedWhereNobodyHasToAct() {
    assertEquals(RecordState.ACTIVE, with("unverified", false).recordState());
    assertEquals(RecordState.ARCHIVED, with("open", true).recordState());
    assertEquals(RecordState.ARCHIVED, with("disabled", false).recordState());
    assertEquals(RecordState.ARCHIVED, with("resolved", false).recordState());
    assertEquals(ComplianceStatus.PASSED, with("resolved", false).compliance().status());
    assertEquals(ComplianceStatus.NOT_AVAILABLE, with("unverified", false).compliance().status());
  }

  @Test
  void aServiceAccountIsNamedWithItsCluster() {
    AwsSecurityFinding finding = asff(change("payments/ledger", "t", "open", false));
    assertEquals("Other", finding.resources().getFirst().type());
    assertEquals(
        "arn:aws:eks:eu-west-1:111122223333:cluster/prod-eu/payments/ledger",
        finding.resources().getFirst().id());
  }

  @Test
  void longTextsAreCutToWhatSecurityHubTakes() {
    AwsSecurityFinding finding = asff(change("payments/ledger", "x".repeat(5000), "open", false));
    assertEquals(256, finding.title().length());
    assertTrue(finding.description().length() <= 1024, finding.description());
    assertNotEquals("", finding.remediation().recommendation().text());
    assertTrue(finding.remediation().recommendation().text().length() <= 512);
  }
}

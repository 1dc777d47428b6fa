package io.github.eksidentity.endtoend;

/// On DynamoDB Local and moto.
class AuditToAlertEndToEndTest extends AuditToAlertSuite {
  AuditToAlertEndToEndTest() {
    super(Emulators::local);
  }
}

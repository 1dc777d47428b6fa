package io.github.eksidentity.endtoend;

/// On LocalStack.
class AuditToAlertLocalStackTest extends AuditToAlertSuite {
  AuditToAlertLocalStackTest() {
    super(Emulators::localStack);
  }
}

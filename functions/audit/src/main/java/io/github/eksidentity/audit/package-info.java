/// AuditFunction: audits accounts and keeps what changed.
@NullMarked
package io.github.eksidentity.audit;

import org.jspecify.annotations.NullMarked;

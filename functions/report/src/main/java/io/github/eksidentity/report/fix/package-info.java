/// Remediations as diffs, AWS CLI and kubectl commands, and Terraform.
@NullMarked
package io.github.eksidentity.report.fix;

import org.jspecify.annotations.NullMarked;

output "stack" {
  description = "Outputs of the stack by their names in template.yaml, for example AuditRoleArn and TableName."
  value       = aws_cloudformation_stack.this.outputs
}

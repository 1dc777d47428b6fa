# Remove the aws_iam_role_policy_attachment of role "ledger" with
# policy_arn "arn:aws:iam::aws:policy/ReadOnlyAccess" from the configuration.

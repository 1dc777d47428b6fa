aws iam detach-role-policy --role-name ledger --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess

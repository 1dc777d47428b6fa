aws iam remove-role-from-instance-profile --instance-profile-name nodes --role-name ledger

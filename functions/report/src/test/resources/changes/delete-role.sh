for arn in $(aws iam list-attached-role-policies --role-name ledger \
    --query 'AttachedPolicies[].PolicyArn' --output text); do
  aws iam detach-role-policy --role-name ledger --policy-arn "$arn"
done
for name in $(aws iam list-role-policies --role-name ledger \
    --query 'PolicyNames[]' --output text); do
  aws iam delete-role-policy --role-name ledger --policy-name "$name"
done
for profile in $(aws iam list-instance-profiles-for-role --role-name ledger \
    --query 'InstanceProfiles[].InstanceProfileName' --output text); do
  aws iam remove-role-from-instance-profile --instance-profile-name "$profile" --role-name ledger
done
aws iam delete-role --role-name ledger

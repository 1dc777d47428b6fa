# In the aws_eks_pod_identity_association whose association_id is
# "a-1234"
# of cluster "payments" set
# role_arn = "arn:aws:iam::111122223333:role/payments/ledger".

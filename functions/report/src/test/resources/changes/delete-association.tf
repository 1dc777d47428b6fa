# Remove the aws_eks_pod_identity_association whose association_id is
# "a-1234"
# from the configuration, with whatever refers to it.
# It belongs to cluster "payments".

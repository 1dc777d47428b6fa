# With a Kubernetes provider of cluster
# "arn:aws:eks:eu-west-1:111122223333:cluster/payments":
# In the resource of Deployment "worker" in namespace "ledger"
# remove annotation "eks.amazonaws.com/skip-containers" of the pod template.

# With a Kubernetes provider of cluster
# "arn:aws:eks:eu-west-1:111122223333:cluster/payments":
# In the resource of Deployment "worker" in namespace "ledger"
# in container "app" remove the variables
# "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY".

# With a Kubernetes provider of cluster
# "arn:aws:eks:eu-west-1:111122223333:cluster/payments":
# In the resource of Deployment "worker" in namespace "ledger"
# in container "app" set variable "NO_PROXY" to
# "169.254.170.23,it's".

# With a Kubernetes provider of cluster
# "arn:aws:eks:eu-west-1:111122223333:cluster/payments":
# In the resource of Deployment "worker" in namespace "ledger"
# change an annotation of the pod template, so that new pods take over.

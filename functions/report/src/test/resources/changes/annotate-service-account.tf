# With a Kubernetes provider of cluster
# "arn:aws:eks:eu-west-1:111122223333:cluster/payments":
resource "kubernetes_annotations" "ledger_worker" {
  api_version = "v1"
  kind        = "ServiceAccount"
  force       = true
  metadata {
    name      = "worker"
    namespace = "ledger"
  }
  annotations = {
    "eks.amazonaws.com/audience" = "it's $${mine}"
  }
}

# With a Kubernetes provider of cluster
# "arn:aws:eks:eu-west-1:111122223333:cluster/payments":
resource "kubernetes_service_account_v1" "ledger_worker" {
  metadata {
    name      = "worker"
    namespace = "ledger"
    annotations = {
      "eks.amazonaws.com/role-arn" = "arn:aws:iam::111122223333:role/payments/ledger"
    }
  }
}

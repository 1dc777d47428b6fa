# With a provider of region "eu-west-1":
resource "aws_eks_addon" "payments_eks-pod-identity-agent" {
  cluster_name = "payments"
  addon_name   = "eks-pod-identity-agent"
}

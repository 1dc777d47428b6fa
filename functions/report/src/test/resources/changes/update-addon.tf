# With a provider of region "eu-west-1":
data "aws_eks_cluster" "payments_vpc-cni" {
  name = "payments"
}

data "aws_eks_addon_version" "payments_vpc-cni" {
  addon_name         = "vpc-cni"
  kubernetes_version = data.aws_eks_cluster.payments_vpc-cni.version
}

resource "aws_eks_addon" "payments_vpc-cni" {
  cluster_name  = "payments"
  addon_name    = "vpc-cni"
  addon_version = data.aws_eks_addon_version.payments_vpc-cni.version
}

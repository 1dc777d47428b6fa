# Deploys template.yaml with the zips that Maven built, so that both ways of deploying give the same resources.
# docs/decisions/terraform-deploys-the-template.md says why it does not repeat them.

locals {
  functions = toset(["audit", "alert", "slack", "securityhub"])
  zips      = { for name in local.functions : name => "${path.module}/../../functions/${name}/target/${name}.zip" }
  hashes    = { for name, zip in local.zips : name => try(filesha256(zip), "") }

  # A new zip gets a new key, which is how CloudFormation notices it.
  folder = "${var.name}/${sha256(join("", values(local.hashes)))}"
  template = replace(
    file("${path.module}/../../template.yaml"),
    "/functions\\/(\\w+)\\/target\\/\\w+\\.zip/",
    "s3://${var.bucket}/${local.folder}/$1.zip",
  )
}

data "aws_partition" "current" {}

data "aws_s3_bucket" "artifacts" {
  bucket = var.bucket
}

resource "aws_s3_object" "zip" {
  for_each = local.zips

  bucket      = data.aws_s3_bucket.artifacts.id
  key         = "${local.folder}/${each.key}.zip"
  source      = each.value
  source_hash = local.hashes[each.key]
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = local.hashes[each.key] != ""
      error_message = "${each.value} does not exist; run mvn package in the project's folder first."
    }
  }
}

resource "aws_s3_object" "template" {
  bucket  = data.aws_s3_bucket.artifacts.id
  key     = "${local.folder}/template-${sha256(local.template)}.yaml"
  content = local.template
  tags    = var.tags
}

resource "aws_cloudformation_stack" "this" {
  #checkov:skip=CKV_AWS_124: Terraform itself waits for the stack and shows what failed
  name         = var.name
  template_url = "https://${data.aws_s3_bucket.artifacts.id}.s3.${data.aws_s3_bucket.artifacts.region}.${data.aws_partition.current.dns_suffix}/${aws_s3_object.template.key}"
  parameters   = var.parameters
  capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
  tags         = var.tags

  depends_on = [aws_s3_object.zip]
}

resource "aws_iam_role_policy" "ledger_read" {
  role = "ledger"
  name = "read"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Own"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = "arn:aws:s3:::ledger/$${aws:PrincipalTag/team}/it's/*"
        Condition = {
          Bool = {
            "aws:SecureTransport" = true
          }
        }
      },
    ]
  })
}

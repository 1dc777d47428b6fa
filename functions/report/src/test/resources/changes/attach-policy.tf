resource "aws_iam_role_policy_attachment" "ledger_ReadOnlyAccess" {
  role       = "ledger"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
